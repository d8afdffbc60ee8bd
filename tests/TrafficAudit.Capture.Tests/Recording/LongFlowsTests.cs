using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests.Recording;

public sealed class LongFlowsTests
{
    [Fact]
    public async Task FlowsThatLast_AreRecordedWhileTheyDo()
    {
        await using var proxy = await ProxyHarness.StartAsync(["long.example:127.0.50.1", "raw.example:127.0.50.1"]);
        var end = new TaskCompletionSource();
        await using var http = await WebServer.StartAsync("127.0.50.1", async context =>
        {
            if (context.Request.Path == "/poll")
            {
                await end.Task;
            }

            await context.Response.WriteAsync("polled");
        });
        await using var raw = RawServer.Start("127.0.50.1", async (stream, stop) =>
        {
            await stream.WriteAsync("220 ready\r\n"u8.ToArray(), stop);
            await end.Task;
        });
        using var client = proxy.Client();
        var poll = client.GetStringAsync($"http://long.example:{http.Endpoint.Port}/poll");
        await client.GetStringAsync($"http://long.example:{http.Endpoint.Port}/quick");
        await using var tunnel = await proxy.TunnelAsync($"raw.example:{raw.Endpoint.Port}");

        var opened = new List<FlowRecord>
        {
            (await proxy.Sink.NextOpeningAsync()).Flow,
            (await proxy.Sink.NextOpeningAsync()).Flow,
        };
        using var quick = await proxy.Sink.NextAsync();
        end.SetResult();
        Assert.Equal("polled", await poll);
        await tunnel.DisposeAsync();
        using var one = await proxy.Sink.NextAsync();
        using var other = await proxy.Sink.NextAsync();

        var polled = opened.Single(f => f.Metadata.Kind == FlowKind.Http);
        Assert.StartsWith("GET http://long.example", Encoding.ASCII.GetString(polled.Request!.Head.Span), StringComparison.Ordinal);
        Assert.Equal((null, "127.0.50.1"), (polled.Response, polled.Metadata.Upstream?.Address));
        var relayed = opened.Single(f => f.Metadata.Kind == FlowKind.Opaque);
        Assert.Equal(("raw.example", FlowFailure.NotHttp), (relayed.Metadata.Host, relayed.Metadata.Failure!.Value));
        Assert.Equal(
            opened.Select(f => f.Metadata.Number).Order(), new[] { one.Metadata.Number, other.Metadata.Number }.Order());
        Assert.Equal(11, new[] { one, other }.Single(f => f.Metadata.Kind == FlowKind.Opaque).Metadata.BytesReceived);
    }

    [Fact]
    public async Task FlowThatEndsSooner_IsNotOpened()
    {
        var time = new FakeTimeProvider(Some.Time);
        using var flows = new LongFlows(time);
        await flows.StartAsync(default);
        var recorded = new List<string>();
        var sooner = flows.Begin(time.GetUtcNow(), () => Record("sooner"));
        var longer = flows.Begin(time.GetUtcNow(), () => Record("longer"));

        time.Advance(LongFlows.After - TimeSpan.FromSeconds(1));
        await sooner.EndAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        await longer.RecordAsync();
        await longer.EndAsync();

        Assert.Equal(["longer"], recorded);
        Assert.False(await sooner.RecordAsync());

        ValueTask<bool> Record(string name)
        {
            recorded.Add(name);
            return ValueTask.FromResult(true);
        }
    }

    /// <summary>An opening behind a flow's end would make it a flow that never ended.</summary>
    [Fact]
    public async Task End_WaitsForAnOpeningThatIsBeingRecorded()
    {
        using var flows = new LongFlows(TimeProvider.System);
        var recording = new TaskCompletionSource<bool>();
        var opening = flows.Begin(TimeProvider.System.GetUtcNow(), () => new ValueTask<bool>(recording.Task));

        var first = opening.RecordAsync();
        var second = opening.RecordAsync();
        var end = opening.EndAsync();
        Assert.False(end.IsCompleted);
        recording.SetResult(true);
        await end;

        Assert.True(await first && await second);
    }
}
