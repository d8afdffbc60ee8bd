using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>Everything that a page can open, with a real browser: documents, fetch, an upload, server-sent events, a WebSocket.</summary>
public sealed class ChromiumProtocolsTests
{
    private const string Host = "all.shop-cn.example";

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public async Task WhatAPageOpens_Works(string entrance)
    {
        if (!Browser.IsThere)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", "Chromium is not installed (apt-get install chromium)");
        }

        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.21.44", HandleAsync, lab.Servers.Issue([Host]));
        await using var capture = await CaptureProcess.StartAsync(lab, "page", "--resolve", $"{Host}:127.0.21.44");

        await Browser.VisitAsync(
            $"https://{Host}:{server.Endpoint.Port}/", [$"--proxy-server={entrance}://{capture.Proxy}", "--proxy-bypass-list=<-loopback>"], har: null);
        await capture.StopAsync();

        var flows = await Built.RunAsync(lab, "flows", "--case", "page", "--format", "ndjson", "--filter", $"host:{Host}");
        var read = flows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Summary).ToList();
        Assert.All(
            (string[])["http GET / 200", "http POST /upload 200", "http GET /events 200", "http GET /large 200"],
            expected => Assert.Contains(expected, read));
        Assert.Contains(read, r => r.StartsWith("web_socket GET /socket", StringComparison.Ordinal) || r.StartsWith("web_socket CONNECT /socket", StringComparison.Ordinal));
    }

    private static string Summary(string line)
    {
        using var json = JsonDocument.Parse(line);
        var flow = json.RootElement;
        return $"{flow.GetProperty("kind").GetString()} {flow.GetProperty("method").GetString()} {flow.GetProperty("path").GetString()} {(flow.TryGetProperty("status", out var s) ? s : default)}";
    }

    private static async Task HandleAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/":
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.WriteAsync(Page);
                break;
            case "/events":
                await SendEventsAsync(context);
                break;
            case "/upload":
                var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                await context.Response.WriteAsync($"{body.Length}");
                break;
            case "/large":
                await context.Response.Body.WriteAsync(new byte[3_000_000]);
                break;
            case "/socket":
                await EchoAsync(context);
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    /// <summary>A stream that does not end by itself: the page has its events only when each is passed on as it comes.</summary>
    private static async Task SendEventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        for (var i = 1; i <= 3; i++)
        {
            await context.Response.WriteAsync($"data: event {i}\n\n");
            await context.Response.Body.FlushAsync();
        }

        var left = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(left.SetResult);
        await left.Task;
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } received)
        {
            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private const string Page = """
        <!doctype html><title>Test page (invented)</title>
        <script type="module">
          const events = new Promise((done, fail) => {
            const source = new EventSource('/events');
            let seen = 0;
            source.onmessage = () => { if (++seen === 3) { source.close(); done(); } };
            source.onerror = () => fail('events');
          });
          const socket = new Promise((done, fail) => {
            const opened = new WebSocket(`wss://${location.host}/socket`);
            opened.onopen = () => opened.send('hello');
            opened.onmessage = m => { opened.close(); m.data === 'hello' ? done() : fail('echo'); };
            opened.onerror = () => fail('socket');
          });
          const upload = fetch('/upload', { method: 'POST', body: new Uint8Array(1_000_000) }).then(r => r.text());
          const large = fetch('/large').then(r => r.arrayBuffer());
          const [, , size, bytes] = await Promise.all([events, socket, upload, large]);
          if (size === '1000000' && bytes.byteLength === 3_000_000) document.title = 'done';
        </script>
        """;
}
