using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>Clients of other families than curl and Chromium, each trusting the authority by its own ordinary means.</summary>
public sealed class RealClientsTests(RealClientsTests.Recording recording) : IClassFixture<RealClientsTests.Recording>
{
    private const string Host = "clients.shop-cn.example";
    private const int CutAfter = 24 * 1024 * 1024;

    [Fact]
    public async Task PythonHttpClient_IsServedAndRecorded()
    {
        Installed.SkipWithout("python3", "python3");

        var answers = await RunAsync("python3", [Script("http_client.py"), .. Through, recording.Capture.Authority]);

        Assert.Equal(["200 GET /python?q=1 ", "200 POST /python sent by python"], answers);
        Assert.Equal(["GET /python 200", "POST /python 200"], await FlowsAsync("/python"));
    }

    [Fact]
    public async Task NodeHttp2_IsServedAndRecorded()
    {
        Installed.SkipWithout("node", "nodejs");

        var answers = await RunAsync("node", [Script("http2.mjs"), .. Through, recording.Capture.Authority]);

        Assert.Equal(["200 GET /node?q=1 ", "200 POST /node sent by node"], answers);
        Assert.Equal(["GET /node 200", "POST /node 200"], await FlowsAsync("/node"));
    }

    [Fact]
    public async Task JavaHttpClient_IsServedAndRecorded()
    {
        Installed.SkipWithout("javac", "default-jdk-headless");
        var store = recording.Lab.PathOf("trusted.p12");
        await RunAsync("keytool", [
            "-importcert", "-noprompt", "-alias", "audit", "-file", recording.Capture.Authority, "-keystore", store, "-storetype", "PKCS12", "-storepass", "changeit"]);

        var answers = await RunAsync(
            "java", [$"-Djavax.net.ssl.trustStore={store}", "-Djavax.net.ssl.trustStorePassword=changeit", Script("JavaClient.java"), .. Through]);

        Assert.Equal(
            ["200 GET /java/http_2?q=1 ", "200 POST /java/http_2 sent by java", "200 GET /java/http_1_1?q=1 ", "200 POST /java/http_1_1 sent by java"], answers);
        Assert.Equal(
            ["GET /java/http_1_1 200", "GET /java/http_2 200", "POST /java/http_1_1 200", "POST /java/http_2 200"],
            await FlowsAsync("/java", count: 4));
    }

    /// <summary>OpenSSL fails when a connection ends without close_notify, so this also holds that the proxy sends it.</summary>
    [Fact]
    public async Task OpensslClient_IsServedAndRecorded()
    {
        Installed.SkipWithout("openssl", "openssl");

        var got = await RunAsync("openssl", SClient, $"GET /openssl?q=1 HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n");
        var posted = await RunAsync("openssl", SClient, $"POST /openssl HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\nContent-Length: 15\r\n\r\nsent by openssl");

        Assert.Equal(("HTTP/1.1 200 OK", "GET /openssl?q=1 "), (got[0].TrimEnd(), got[^1]));
        Assert.Equal(("HTTP/1.1 200 OK", "POST /openssl sent by openssl"), (posted[0].TrimEnd(), posted[^1]));
        Assert.Equal(["GET /openssl 200", "POST /openssl 200"], await FlowsAsync("/openssl"));
    }

    /// <summary>The other side of it: an answer that the server cut off must not end in order.</summary>
    [Fact]
    public async Task AnswerThatWasCutOff_IsCutOffForOpensslToo()
    {
        Installed.SkipWithout("openssl", "openssl");

        var cut = await Built.RunOtherWithAsync($"GET /cut HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n", "openssl", SClient);

        Assert.StartsWith("HTTP/1.1 200 OK", cut.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, cut.ExitCode);
    }

    private string[] SClient =>
    [
        "s_client", "-proxy", recording.Capture.Proxy, "-connect", $"{Host}:{recording.Server.Endpoint.Port}", "-servername", Host,
        "-CAfile", recording.Capture.Authority, "-verify_return_error", "-verify_hostname", Host, "-quiet",
    ];

    private string[] Through => [.. recording.Capture.Proxy.Split(':'), Host, $"{recording.Server.Endpoint.Port}"];

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Clients", name);

    /// <summary>Runs a client; gives the lines that it printed.</summary>
    private async Task<string[]> RunAsync(string program, string[] arguments, string? input = null)
    {
        var outcome = await Built.RunOtherWithAsync(input, program, arguments);
        Assert.True(outcome.ExitCode == 0, $"{program}: {outcome.Error}\n{recording.Capture.Terminal}");
        return outcome.Output.TrimEnd('\r', '\n').Split('\n');
    }

    /// <summary>What is recorded under a path, sorted, with status or failure.</summary>
    private async Task<List<string>> FlowsAsync(string path, int count = 2)
    {
        await recording.Capture.WaitForAsync($"{Host}{path}", after: count - 1);
        var flows = await Built.RunAsync(recording.Lab, "flows", "--case", "clients", "--format", "ndjson");
        return
        [
            .. flows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Summary)
                .Where(s => s.Contains($" {path}", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        ];
    }

    private static string Summary(string line)
    {
        using var json = JsonDocument.Parse(line);
        var flow = json.RootElement;
        var failure = flow.GetProperty("failure");
        var outcome = failure.ValueKind == JsonValueKind.Null ? flow.GetProperty("status") : failure;
        return $"{flow.GetProperty("method").GetString()} {flow.GetProperty("path").GetString()} {outcome}";
    }

    /// <summary>One recording for all the clients.</summary>
    public sealed class Recording : IAsyncLifetime
    {
        internal Laboratory Lab { get; } = new();

        internal WebServer Server { get; private set; } = null!;

        internal CaptureProcess Capture { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Server = await WebServer.StartAsync("127.0.52.1", EchoAsync, Lab.Servers.Issue([Host]));
            Capture = await CaptureProcess.StartAsync(Lab, "clients", "--resolve", $"{Host}:127.0.52.1");
        }

        public async ValueTask DisposeAsync()
        {
            await Capture.DisposeAsync();
            await Server.DisposeAsync();
            Lab.Dispose();
        }

        private static async Task EchoAsync(HttpContext context)
        {
            if (context.Request.Path == "/cut")
            {
                // More than the sockets on the way hold, so that the client has some of it when it is cut off.
                context.Response.ContentLength = 2 * CutAfter;
                await context.Response.Body.WriteAsync(new byte[CutAfter]);
                context.Abort();
                return;
            }

            var body = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
            var answer = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {body}";
            context.Response.ContentLength = answer.Length;
            await context.Response.WriteAsync(answer);
        }
    }
}
