using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Model;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests.Connections;

/// <summary>Heads that come a little at a time, over real sockets.</summary>
public sealed class SlowHeadTests
{
    private const string Host = "slow.example";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ByteByByte_IsForwardedAndRecordedExactly(bool isTunnelled)
    {
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.48.1"]);
        await using var server = await WebServer.StartAsync(
            "127.0.48.1", c => c.Response.WriteAsync(c.Request.Headers["X-Odd"].ToString()), isTunnelled ? proxy.Servers.Issue([Host]) : null);
        var authority = $"{Host}:{server.Endpoint.Port}";
        var head = $"GET {(isTunnelled ? "" : $"http://{authority}")}/a?b=c HTTP/1.1\r\nhOST: {authority}\r\nX-Odd:  spaced \r\nConnection: close\r\n\r\n";
        await using Stream client = isTunnelled ? await proxy.TlsTunnelAsync(Host, server.Endpoint.Port) : await proxy.ConnectAsync();

        foreach (var value in Encoding.ASCII.GetBytes(head))
        {
            await client.WriteAsync(new[] { value });
        }

        var answer = await new StreamReader(client).ReadToEndAsync();
        Assert.Contains("\nspaced\r", answer, StringComparison.Ordinal);
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(head, Encoding.ASCII.GetString(flow.Request!.Head.Span));
        Assert.Equal(HeadForm.Exact, flow.Metadata.Request!.Head);
    }

    /// <summary>Slow loris: many heads that never end. Each ends after its time, is recorded, and meanwhile others are served.</summary>
    [Fact]
    public async Task HeadsThatNeverEnd_EndAfterTheirTimeAndDisturbNobody()
    {
        await using var proxy = await ProxyHarness.StartAsync(
            [$"{Host}:127.0.48.2"], configure: o => o with { Clients = new ClientLimits { HeadTime = TimeSpan.FromSeconds(2) } });
        await using var server = await WebServer.StartAsync("127.0.48.2", c => c.Response.WriteAsync("served"));
        var slow = new List<NetworkStream>();
        for (var i = 0; i < 100; i++)
        {
            var client = await proxy.ConnectAsync();
            await client.WriteAsync(Encoding.ASCII.GetBytes($"GET http://{Host}/{i} HTTP/1.1\r\nHost: {Host}\r\nX-Slow: "));
            slow.Add(client);
        }

        using var quick = proxy.Client();
        Assert.Equal("served", await quick.GetStringAsync($"http://{Host}:{server.Endpoint.Port}/quick"));
        var failures = new List<FlowFailure?>();
        for (var i = 0; i < 101; i++)
        {
            using var flow = await proxy.Sink.NextAsync();
            failures.Add(flow.Metadata.Failure);
        }

        Assert.Equal(100, failures.Count(f => f is FlowFailure.ClientProtocolError));
        foreach (var client in slow)
        {
            Assert.StartsWith("HTTP/1.1 408", await ProxyHarness.ReadHeadAsync(client), StringComparison.Ordinal);
            await client.DisposeAsync();
        }
    }
}
