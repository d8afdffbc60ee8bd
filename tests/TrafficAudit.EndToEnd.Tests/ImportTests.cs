using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>Files that other tools really wrote, of exchanges with real servers.</summary>
public sealed class ImportTests
{
    private const string Server = "127.0.78.2";

    [Fact]
    public async Task FlowFileOfMitmproxy_IsImportedWithHttpWebSocketAndTcp()
    {
        Installed.SkipWithout("mitmdump", "mitmproxy");
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync(Server, AnswerAsync);
        await using var other = RawServer.Start("127.0.78.3", async (stream, cancellation) =>
        {
            await stream.ReadExactlyAsync(new byte[6], cancellation);
            await stream.WriteAsync("pong"u8.ToArray(), cancellation);
        });
        await using (var mitmdump = await Mitmdump.StartAsync(lab, lab.PathOf("lab.flows")))
        {
            using var client = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy($"http://{mitmdump.Proxy}") });
            await client.GetStringAsync($"http://{server.Endpoint}/items?phone={Laboratory.Phone}", TestContext.Current.CancellationToken);
            await client.PostAsync($"http://{server.Endpoint}/echo", new StringContent($"{{\"email\":\"{Laboratory.Email}\"}}", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
            await TalkAsync(mitmdump.Proxy, server.Endpoint);
            await PingAsync(mitmdump.Proxy, other.Endpoint);
            await mitmdump.StopAsync();
        }

        var import = await Built.RunAsync(lab, "import", "lab.flows", "--case", "m", "--persona", lab.Persona, "--keep-original");

        Assert.True(import.ExitCode == 0, import.Error);
        Assert.Contains("lab.flows (mitmproxy flows): 4 flows imported, 0 entries skipped", import.Error, StringComparison.Ordinal);
        Assert.Equal(["http GET /items 200", "http POST /echo 200", "opaque   ", "web_socket GET /socket 101"], await FlowsAsync(lab, "m"));
        var found = await Built.RunAsync(lab, "findings", "--case", "m", "--reveal", "--format", "csv");
        Assert.Contains(Laboratory.Phone, found.Output, StringComparison.Ordinal);
        Assert.Contains(Laboratory.Email, found.Output, StringComparison.Ordinal);
        Assert.Contains(Laboratory.Gaid, found.Output, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(lab.Folder, "captures", "m", "originals"), "*.flows"));
    }

    [Fact]
    public async Task WarcOfWget_IsImportedOnce()
    {
        Installed.SkipWithout("wget", "wget");
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync(Server, AnswerAsync);
        var wget = await Built.RunOtherAsync(
            "wget", "-q", "-O", lab.PathOf("answers"), $"--warc-file={lab.PathOf("lab")}", $"--post-data=phone={Laboratory.Phone}", $"http://{server.Endpoint}/chunked");
        Assert.True(wget.ExitCode == 0, wget.Error);

        var first = await Built.RunAsync(lab, "import", "lab.warc.gz", "--case", "w", "--persona", lab.Persona);
        var second = await Built.RunAsync(lab, "import", "lab.warc.gz", "--case", "w");

        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("lab.warc.gz (WARC): 1 flows imported", first.Error, StringComparison.Ordinal);
        Assert.Contains("nothing added", second.Error, StringComparison.Ordinal);
        Assert.Equal(["http POST /chunked 200"], await FlowsAsync(lab, "w"));
        var shown = await Built.RunAsync(lab, "show", "--case", "w", "--flow", "1", "--reveal");
        Assert.Contains($"127.0.78.2:{server.Endpoint.Port}", shown.Output, StringComparison.Ordinal);
        Assert.Contains("body: 10 bytes", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("digest_mismatch", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EvidenceOfAnotherCase_GivesTheSameTransfers()
    {
        using var lab = new Laboratory();
        var sample = Path.Combine(Built.Root, "captures", "sample");
        Assert.Equal(0, (await Built.RunAsync(lab, "import", Path.Combine(sample, "shopping-session.har"), "--case", "one", "--persona", Path.Combine(sample, "persona.json"))).ExitCode);

        var import = await Built.RunAsync(
            lab, "import", Path.Combine(lab.Folder, "captures", "one", "evidence-00001.warc.gz"), "--case", "two", "--persona", Path.Combine(sample, "persona.json"));

        Assert.True(import.ExitCode == 0, import.Error);
        Assert.Equal(await Transfers.OfAsync(lab, "one"), await Transfers.OfAsync(lab, "two"));
        Assert.Equal(await FlowsAsync(lab, "one"), await FlowsAsync(lab, "two"));
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message)
            {
                await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, endOfMessage: true, context.RequestAborted);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
            return;
        }

        // Flushed before its end, a body without a length goes out in chunks.
        await context.Response.WriteAsync("hello");
        await context.Response.Body.FlushAsync();
        await context.Response.WriteAsync("world");
    }

    private static async Task TalkAsync(IPEndPoint proxy, IPEndPoint server)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Proxy = new WebProxy($"http://{proxy}");
        await socket.ConnectAsync(new Uri($"ws://{server}/socket"), TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetBytes($"{{\"gaid\":\"{Laboratory.Gaid}\"}}");
        await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        await socket.ReceiveAsync(new byte[1024].AsMemory(), TestContext.Current.CancellationToken);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
    }

    /// <summary>Something that is neither HTTP nor TLS through a tunnel.</summary>
    private static async Task PingAsync(IPEndPoint proxy, IPEndPoint server)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(proxy, TestContext.Current.CancellationToken);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {server} HTTP/1.1\r\nHost: {server}\r\n\r\n"), TestContext.Current.CancellationToken);
        var answer = new byte[1024];
        Assert.StartsWith("HTTP/1.1 200", Encoding.ASCII.GetString(answer, 0, await stream.ReadAsync(answer, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        await stream.WriteAsync(new byte[] { 0, 1, 2, 3, 4, 5 }, TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(answer.AsMemory(0, 4), TestContext.Current.CancellationToken);
    }

    private static async Task<List<string>> FlowsAsync(Laboratory lab, string caseName)
    {
        var outcome = await Built.RunAsync(lab, "flows", "--case", caseName, "--format", "ndjson");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Row).Order(StringComparer.Ordinal)];
    }

    private static string Row(string line)
    {
        using var json = JsonDocument.Parse(line);
        string Text(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.ToString() : "";
        return $"{Text("kind")} {Text("method")} {Text("path")} {Text("status")}";
    }
}
