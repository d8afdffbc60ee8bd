using System.Text.Json;
using TrafficAudit.EndToEnd.Tests.Running;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>
/// A phone that knows of no proxy, behind a laptop that is its gateway, with the very rules that the program prints. All in network namespaces of
/// this test: nothing outside of them is touched.
/// </summary>
public sealed class TransparentTests
{
    [Fact]
    public async Task PhoneBehindTheGateway_IsRecordedWithTheAddressesThatItMeant()
    {
        using var lab = new Laboratory();
        await using var hosts = await Namespaces.TryCreateAsync();
        Assert.SkipWhen(hosts is null, "this process may not make network namespaces");
        using var server = await ServeAsync(lab, hosts);
        try
        {
            await using var capture = await StartAsync(lab, hosts);
            var rules = await Built.RunAsync(lab, "firewall", "--interface", Namespaces.LaptopInterface, "--port", "8080");
            await File.WriteAllTextAsync(lab.PathOf("rules.nft"), rules.Output);
            Assert.Equal(0, (await Namespaces.RunAsync(hosts.Laptop, "nft", "-f", lab.PathOf("rules.nft"))).ExitCode);

            await PhoneAsync(hosts, capture, "https://shop.example/order", "--http2", "--resolve", $"shop.example:443:{Namespaces.Server}");
            await PhoneAsync(hosts, capture, "http://shop.example/plain", "--resolve", $"shop.example:80:{Namespaces.Server}");
            await PhoneAsync(hosts, capture, "https://shop.example/six", "--resolve", $"shop.example:443:[{Namespaces.ServerIpv6}]");
            await TalkAsync(hosts, $"s=socket.create_connection(('{Namespaces.Server}',9000)); s.sendall(b'\\x01\\x02'); assert s.recv(9)==b'\\x01\\x02'");
            await TalkAsync(
                hosts,
                $"s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM); s.settimeout(20); s.connect(('{Namespaces.Server}',443)); s.send(b'x')\n"
                + "try: s.recv(9)\nexcept ConnectionRefusedError: print('rejected')",
                "rejected");
            await capture.WaitForAsync("#4 ");
            await capture.StopAsync();
        }
        finally
        {
            server.Kill();
        }

        var flows = await Built.RunAsync(lab, "flows", "--case", "gateway", "--format", "ndjson");
        Assert.Equal(
            [
                $"https shop.example {Namespaces.Server} 200", $"http shop.example {Namespaces.Server} 200", $"https shop.example {Namespaces.ServerIpv6} 200",
                $"tcp {Namespaces.Server} {Namespaces.Server} not_http",
            ],
            flows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Summary));
        var shown = await Built.RunAsync(lab, "show", "--case", "gateway", "--flow", "1");
        Assert.Contains("transparent, connection", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"{Namespaces.Server} (original_destination)", shown.Output, StringComparison.Ordinal);
    }

    private static string Summary(string line)
    {
        using var json = JsonDocument.Parse(line);
        var flow = json.RootElement;
        var outcome = flow.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Number ? status.ToString() : flow.GetProperty("failure").GetString();
        return $"{flow.GetProperty("scheme").GetString()} {flow.GetProperty("host").GetString()} {flow.GetProperty("ip").GetString()} {outcome}";
    }

    private static async Task<System.Diagnostics.Process> ServeAsync(Laboratory lab, Namespaces hosts)
    {
        using var certificate = lab.Servers.Issue(["shop.example"]);
        using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(certificate)!;
        var pem = lab.PathOf("server.pem");
        await File.WriteAllTextAsync(pem, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        var server = Namespaces.Start(hosts.ServerHost, "python3", Path.Combine(AppContext.BaseDirectory, "Running", "transparent_server.py"), pem);
        Assert.Equal("ready", await server.StandardOutput.ReadLineAsync());
        return server;
    }

    private static Task<CaptureProcess> StartAsync(Laboratory lab, Namespaces hosts)
    {
        var start = Built.StartInfo(
            lab,
            [
                "capture", "--case", "gateway", "--listen", "[::]:8080", "--review", "127.0.0.1:0", "--upstream-ca", lab.ServersCa, "--accept-devices", "all",
                "--allow-private-destinations",
            ]);
        Namespaces.On(hosts.Laptop, start);
        return CaptureProcess.StartAsync(lab, start);
    }

    private static async Task PhoneAsync(Namespaces hosts, CaptureProcess capture, string url, params IEnumerable<string> options)
    {
        var outcome = await Namespaces.RunAsync(hosts.Phone, ["curl", "-sS", "--max-time", "60", "--cacert", capture.Authority, .. options, url]);
        Assert.True(outcome.Output == "hello from the server\n", $"{url}: {outcome.Output} {outcome.Error}\n{capture.Terminal}");
    }

    private static async Task TalkAsync(Namespaces hosts, string script, string expected = "")
    {
        var outcome = await Namespaces.RunAsync(hosts.Phone, "python3", "-c", $"import socket\n{script}");
        Assert.True(outcome.ExitCode == 0 && outcome.Output.Trim() == expected, $"{outcome.Output} {outcome.Error}");
    }
}
