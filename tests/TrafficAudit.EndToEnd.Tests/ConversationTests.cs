using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>What is said on a WebSocket is evidence, found and shown like a body.</summary>
public sealed class ConversationTests
{
    private const string Host = "chat.shop-kr.example";

    [Fact]
    public async Task WhatAPageSaysOnAWebSocket_IsFoundAndShown()
    {
        if (!Browser.IsThere)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", "Chromium is not installed (apt-get install chromium)");
        }

        using var lab = new Laboratory();
        await using var server = await ServeAsync(lab, "127.0.32.1");
        await using (var capture = await CaptureProcess.StartAsync(lab, "chat", "--resolve", $"{Host}:127.0.32.1"))
        {
            await Browser.VisitAsync($"https://{Host}:{server.Endpoint.Port}/", ["--proxy-server=http://" + capture.Proxy, "--proxy-bypass-list=<-loopback>"], har: null);
            await capture.WaitForAsync("/socket");
            Assert.Equal(0, await capture.StopAsync());
        }

        var number = await AssertFoundAsync(lab, "chat");
        var shown = await Built.RunAsync(lab, "show", "--case", "chat", "--flow", number, "--reveal");
        Assert.Contains("→ text", shown.Output, StringComparison.Ordinal);
        Assert.Contains(Laboratory.Phone, shown.Output, StringComparison.Ordinal);
        Assert.Contains("◆ phone", shown.Output, StringComparison.Ordinal);
        var masked = await Built.RunAsync(lab, "show", "--case", "chat", "--flow", number);
        Assert.DoesNotContain(Laboratory.Phone, masked.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProgramKilledWhileAWebSocketIsOpen_HasItsMessages()
    {
        using var lab = new Laboratory();
        await using var server = await ServeAsync(lab, "127.0.32.2");
        await using (var capture = await CaptureProcess.StartAsync(lab, "killed", "--resolve", $"{Host}:127.0.32.2"))
        {
            using var client = new ClientWebSocket();
            client.Options.Proxy = new WebProxy($"http://{capture.Proxy}");
            client.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
            await client.ConnectAsync(new Uri($"wss://{Host}:{server.Endpoint.Port}/socket"), default);
            await client.SendAsync(Encoding.UTF8.GetBytes($$"""{"tel":"{{Laboratory.Phone}}"}"""), WebSocketMessageType.Text, true, default);
            await client.ReceiveAsync(new byte[4096].AsMemory(), default);
            await WaitForMessagesAsync(Path.Combine(lab.Folder, "captures", "killed"));
            await Built.RunOtherAsync("kill", "-9", capture.Id.ToString(CultureInfo.InvariantCulture));
            await capture.StopAsync();
        }

        await using (var again = await CaptureProcess.StartAsync(lab, "killed"))
        {
            Assert.Equal(0, await again.StopAsync());
        }

        var number = await AssertFoundAsync(lab, "killed");
        var shown = await Built.RunAsync(lab, "show", "--case", "killed", "--flow", number);
        Assert.Contains("interrupted: ", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Conversation (2 messages;", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodesWsPackage_TalksThroughTheProxy()
    {
        using var lab = new Laboratory();
        var install = await NodeWs.InstallAsync(lab);
        if (install is not null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", install);
        }

        await using var server = await ServeAsync(lab, "127.0.32.3");
        await using (var capture = await CaptureProcess.StartAsync(lab, "node", "--resolve", $"{Host}:127.0.32.3"))
        {
            var said = await NodeWs.SayAsync(lab, capture.Proxy, capture.Authority, Host, server.Endpoint.Port, $$"""{"tel":"{{Laboratory.Phone}}"}""");
            Assert.True(said is { ExitCode: 0 }, said.Error);
            Assert.Contains(Laboratory.Phone, said.Output, StringComparison.Ordinal);
            await capture.WaitForAsync("/socket");
            Assert.Equal(0, await capture.StopAsync());
        }

        await AssertFoundAsync(lab, "node");
    }

    /// <summary>The persona's phone number is found in both directions; gives the flow's number.</summary>
    private static async Task<string> AssertFoundAsync(Laboratory lab, string caseName)
    {
        var outcome = await Built.RunAsync(lab, "findings", "--case", caseName, "--format", "json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        var phones = json.RootElement.EnumerateArray()
            .Where(f => f.GetProperty("item").GetString() == "phone" && f.GetProperty("location").GetProperty("message").GetString() != "response")
            .ToList();
        Assert.Equal(
            [("ws_sent", "[0].tel", "collected"), ("ws_received", "[1].tel", "disclosed")],
            phones.Select(f => (
                f.GetProperty("location").GetProperty("message").GetString(), f.GetProperty("location").GetProperty("path").GetString(),
                f.GetProperty("direction").GetString())));
        return phones[0].GetProperty("flow").GetInt64().ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Messages reach the evidence within a second: the case's file grows twice, by the opening and by them.</summary>
    private static async Task WaitForMessagesAsync(string folder)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var segment = Path.Combine(folder, "evidence-00001.warc.gz");
        while (await timer.WaitForNextTickAsync(patience.Token))
        {
            await using var file = new FileStream(segment, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using var gzip = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress);
            using var reader = new StreamReader(gzip);
            if ((await reader.ReadToEndAsync(patience.Token)).Contains("\"message\":\"ws_received\"", StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    private static Task<WebServer> ServeAsync(Laboratory lab, string address) => WebServer.StartAsync(
        address,
        async context =>
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.WriteAsync(Page);
                return;
            }

            using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { DangerousEnableCompression = true });
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } received)
            {
                await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        },
        lab.Servers.Issue([Host]));

    private const string Page = $$"""
        <!doctype html><title>Test chat (invented)</title>
        <script>
          const socket = new WebSocket(`wss://${location.host}/socket`);
          socket.onopen = () => socket.send(JSON.stringify({ tel: '{{Laboratory.Phone}}' }));
          socket.onmessage = () => socket.close();
          socket.onclose = () => document.title = 'done';
        </script>
        """;
}
