using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>What could be read and what could not, through the built program: while it records, at its end, and afterwards.</summary>
public sealed class CoverageTests
{
    [Fact]
    public async Task ReadRefusedRawAndUnreachable_AreToldApartWhileRecordingAndAfterwards()
    {
        using var lab = new Laboratory();
        await using var shop = await WebServer.StartAsync(
            "127.0.38.1", context => context.Response.WriteAsync("twelve bytes"), lab.Servers.Issue(["shop.example", "pinned.example"]));
        await using var raw = RawServer.Start("127.0.38.2", async (stream, stop) =>
        {
            await stream.ReadExactlyAsync(new byte[10], stop);
            await stream.WriteAsync(new byte[30], stop);
        });
        await using var capture = await CaptureProcess.StartAsync(
            lab, "covered", "--resolve", "shop.example:127.0.38.1", "--resolve", "pinned.example:127.0.38.1", "--resolve", "raw.example:127.0.38.2",
            "--resolve", "gone.example:127.0.38.3");
        var port = shop.Endpoint.Port;

        // Two requests on one connection; one client that does not know our authority; bytes that are neither TLS nor HTTP; and a port where nobody is.
        var read = await CurlAsync(capture, "--cacert", capture.Authority, $"https://shop.example:{port}/a", $"https://shop.example:{port}/b");
        Assert.Equal((0, "twelve bytestwelve bytes"), (read.ExitCode, read.Output));
        Assert.NotEqual(0, (await CurlAsync(capture, $"https://pinned.example:{port}/")).ExitCode);
        Assert.Equal(30, await TunnelAsync(capture, $"raw.example:{raw.Endpoint.Port}"));
        Assert.Equal(0, await TunnelAsync(capture, $"gone.example:{FreePort("127.0.38.3")}"));
        await capture.WaitForAsync("✗ nothing passed: the server refused the connection");

        AssertCovered(await CoverageAsync(lab));
        Assert.Equal(0, await capture.StopAsync());
        AssertCovered(await CoverageAsync(lab));
        Assert.Contains("✗ not read: the app refused the proxy's certificate", capture.Terminal, StringComparison.Ordinal);
        Assert.Contains(
            "Read 1 of 3 connections (33 %), 24 of 64 B; not read: 1 client_rejected_certificate (pinned.example), 1 not_http (raw.example); reached no server: 1 upstream_refused (gone.example).",
            capture.Terminal,
            StringComparison.Ordinal);
    }

    private static void AssertCovered(JsonElement coverage)
    {
        Assert.Equal("1 2 1 2 | 24 40 | client_rejected_certificate=1 not_http=1 | upstream_refused=1", Describe(coverage.GetProperty("total")));
        Assert.Equal(
            [
                "raw.example 0 1 0 0 | 0 40 | not_http=1 | ",
                "pinned.example 0 1 0 0 | 0 0 | client_rejected_certificate=1 | ",
                "gone.example 0 0 1 0 | 0 0 |  | upstream_refused=1",
                "shop.example 1 0 0 2 | 24 0 |  | ",
            ],
            coverage.GetProperty("hosts").EnumerateArray().Select(h => $"{h.GetProperty("host").GetString()} {Describe(h.GetProperty("counts"))}"));
    }

    private static string Describe(JsonElement counts)
    {
        long Number(string name) => counts.GetProperty(name).GetInt64();
        string Reasons(string name) => string.Join(' ', counts.GetProperty(name).EnumerateArray().Select(r => $"{r.GetProperty("token").GetString()}={r.GetProperty("count").GetInt64()}"));
        return $"{Number("connections_read")} {Number("connections_unread")} {Number("connections_failed")} {Number("exchanges_read")}"
            + $" | {Number("bytes_read_sent") + Number("bytes_read_received")} {Number("bytes_unread_sent") + Number("bytes_unread_received")}"
            + $" | {Reasons("unread")} | {Reasons("failed")}";
    }

    private static async Task<JsonElement> CoverageAsync(Laboratory lab)
    {
        var outcome = await Built.RunAsync(lab, "coverage", "--case", "covered", "--format", "json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        return json.RootElement.Clone();
    }

    private static Task<Outcome> CurlAsync(CaptureProcess capture, params IEnumerable<string> arguments) =>
        Built.RunOtherAsync("curl", ["-sS", "--max-time", "30", "--proxy", $"http://{capture.Proxy}", .. arguments]);

    /// <summary>Opens a tunnel, sends ten bytes that are nothing, and gives how many come back until the end.</summary>
    private static async Task<int> TunnelAsync(CaptureProcess capture, string authority)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(capture.Proxy), patience.Token);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n"), patience.Token);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, patience.Token);
            head.Append((char)one[0]);
        }

        await stream.WriteAsync(new byte[] { 0xA7, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, patience.Token);
        var answer = new MemoryStream();
        await stream.CopyToAsync(answer, patience.Token);
        return (int)answer.Length;
    }

    private static int FreePort(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
