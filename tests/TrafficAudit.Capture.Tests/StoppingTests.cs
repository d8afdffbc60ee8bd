using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Model;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests;

/// <summary>What is under way when the recording ends is evidence, too.</summary>
public sealed class StoppingTests
{
    [Fact]
    public async Task ExchangesUnderWayAtTheStop_AreRecordedAsInterrupted()
    {
        await using var proxy = await ProxyHarness.StartAsync(["slow.example:127.0.15.1"]);
        var reached = new TaskCompletionSource();
        await using var server = RawServer.Start("127.0.15.1", async (stream, stop) =>
        {
            var head = await ProxyHarness.ReadHeadAsync(stream);
            if (head.StartsWith("GET /half", StringComparison.Ordinal))
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"u8.ToArray(), stop);
            }
            else
            {
                reached.SetResult();
            }

            await Task.Delay(Timeout.Infinite, stop);
        });
        await using var half = await proxy.ConnectAsync();
        await half.WriteAsync(Encoding.ASCII.GetBytes($"GET http://slow.example:{server.Endpoint.Port}/half HTTP/1.1\r\nHost: slow.example\r\n\r\n"));
        await ProxyHarness.ReadHeadAsync(half);
        await using var none = await proxy.ConnectAsync();
        await none.WriteAsync(Encoding.ASCII.GetBytes($"GET http://slow.example:{server.Endpoint.Port}/none HTTP/1.1\r\nHost: slow.example\r\n\r\n"));
        await reached.Task;

        await proxy.StopAsync();

        for (var i = 0; i < 2; i++)
        {
            using var flow = await proxy.Sink.NextAsync();
            Assert.Equal(FlowFailure.Interrupted, flow.Metadata.Failure);
            if (flow.Response is { } response)
            {
                Assert.Equal("abc"u8, response.Body.ToMemory().Span);
                Assert.False(flow.Metadata.Response!.Complete);
            }
        }
    }

    [Fact]
    public async Task HeadOfAStream_ReachesTheClientBeforeItsFirstByte()
    {
        await using var proxy = await ProxyHarness.StartAsync(["events.example:127.0.15.2"]);
        var headSeen = new TaskCompletionSource();
        await using var server = await WebServer.StartAsync(
            "127.0.15.2",
            async context =>
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.Body.FlushAsync();
                await headSeen.Task;
                await context.Response.WriteAsync("data: x\n\n");
            });
        using var client = proxy.Client();

        using var answer = await client.GetAsync($"http://events.example:{server.Endpoint.Port}/", HttpCompletionOption.ResponseHeadersRead);
        headSeen.SetResult();

        Assert.Equal("data: x\n\n", await answer.Content.ReadAsStringAsync());
    }
}
