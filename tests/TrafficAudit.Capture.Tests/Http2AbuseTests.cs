using System.Net.Security;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Testing.Servers;
using static TrafficAudit.Capture.Tests.Http2Frames;

namespace TrafficAudit.Capture.Tests;

/// <summary>
/// HTTP/2 abuse through a decrypted tunnel costs the abuser its connection, or nothing but its own time; never the process or another client.
/// </summary>
[Collection(nameof(MeasuredAlone))]
public sealed class Http2AbuseTests
{
    private const string Host = "abuse.example";
    private const long Growth = 150 * 1024 * 1024;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] _lastPing = "the last"u8.ToArray();

    /// <summary>The very frames of the tests below, in measure, are legal: it is the amount that costs the connection there.</summary>
    [Fact]
    public async Task SameFramesInMeasure_CostNothing()
    {
        byte[] field = [0x00, .. Text("x"), .. Text("a")];
        byte[][] frames =
        [
            .. Enumerable.Range(0, 20).Select(Reset),
            Frame(Headers, EndStream, 41, Get(Host, "/small")),
            Frame(Continuation, 0, 41, field),
            Frame(Continuation, 0, 41, []),
            Frame(Continuation, EndHeaders, 41, field),
            Frame(Headers, EndStream | EndHeaders, 43, Bomb(references: 10)),
        ];

        var ending = await AbuseAsync(frames.Length, i => frames[i]);

        Assert.False(ending.Closed, ending.ToString());
    }

    /// <summary>CVE-2023-44487.</summary>
    [Fact]
    public async Task RapidReset_CostsTheConnection()
    {
        var ending = await AbuseAsync(10_000, Reset);

        Assert.True(ending.Closed, ending.ToString());
    }

    /// <summary>CVE-2024-27316: a head that never ends.</summary>
    [Fact]
    public async Task ContinuationsWithHugeFields_CostTheConnection()
    {
        byte[] field = [0x00, .. Text("x-huge"), .. Text(new string('a', 16_000))];
        var ending = await AbuseAsync(2_000, i => i == 0 ? Frame(Headers, 0, 1, Get(Host, "/huge")) : Frame(Continuation, 0, 1, field));

        Assert.True(ending.Closed, ending.ToString());
    }

    [Fact]
    public async Task ContinuationsWithSmallFields_CostTheConnection()
    {
        byte[] field = [0x00, .. Text("x"), .. Text("a")];
        var ending = await AbuseAsync(20_000, i => i == 0 ? Frame(Headers, 0, 1, Get(Host, "/small")) : Frame(Continuation, 0, 1, field));

        Assert.True(ending.Closed, ending.ToString());
    }

    /// <summary>Empty CONTINUATION frames: they cost no memory, and the PING among them is not allowed (RFC 9113, section 6.10).</summary>
    [Fact]
    public async Task ContinuationsWithoutFields_CostTheConnectionWhenTheyStop()
    {
        var ending = await AbuseAsync(20_000, i => i == 0 ? Frame(Headers, 0, 1, Get(Host, "/empty")) : Frame(Continuation, 0, 1, []));

        Assert.True(ending.Closed, ending.ToString());
    }

    /// <summary>Many references to one large entry of the dynamic table: 16 KB on the wire are 48 MB of fields.</summary>
    [Fact]
    public async Task HeaderBomb_CostsTheConnection()
    {
        var bomb = Bomb(references: 12_000);
        var ending = await AbuseAsync(50, i => Frame(Headers, EndStream | EndHeaders, (2 * i) + 1, bomb));

        Assert.True(ending.Closed, ending.ToString());
    }

    /// <summary>Each is answered, one after the other; nothing is kept.</summary>
    [Fact]
    public async Task SettingsFlood_IsAnsweredWithoutGrowing()
    {
        var ending = await AbuseAsync(20_000, _ => Frame(Settings, 0, 0, [0, 4, 0, 1, 0, 0]));

        Assert.True(ending.Closed || ending.Acknowledged >= 20_000, ending.ToString());
    }

    [Fact]
    public async Task PingFlood_IsAnsweredWithoutGrowing()
    {
        var ending = await AbuseAsync(20_000, _ => Frame(Ping, 0, 0, "a flood!"u8));

        Assert.True(ending.Closed || ending.Acknowledged >= 20_000, ending.ToString());
    }

    /// <summary>An abuser that asks for answers and reads none: the proxy closes, or stops reading, so that the abuser's writes wait.</summary>
    [Fact]
    public async Task PingFloodWithoutReading_IsHeldUpOrClosed()
    {
        var ending = await AbuseAsync(4_000_000, _ => Frame(Ping, 0, 0, "a flood!"u8), reads: false);

        Assert.True(ending.Closed || ending.HeldUp, ending.ToString());
    }

    private static byte[] Reset(int i) =>
        [.. Frame(Headers, EndStream | EndHeaders, (2 * i) + 1, Get(Host, "/reset")), .. Frame(RstStream, 0, (2 * i) + 1, [0, 0, 0, 8])];

    private static byte[] Bomb(int references) =>
        [.. Get(Host, "/bomb"), 0x40, .. Text("x"), .. Text(new string('a', 4_000)), .. Enumerable.Repeat((byte)(0x80 | 62), references)];

    private static async Task<Ending> AbuseAsync(int count, Func<int, byte[]> frame, bool reads = true)
    {
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.51.1"]);
        await using var server = await WebServer.StartAsync("127.0.51.1", context => context.Response.WriteAsync("served"), proxy.Servers.Issue([Host]));
        var recorded = DrainAsync(proxy);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Ending ending;
        await using (var tls = await proxy.TlsOverAsync(await proxy.TunnelAsync($"{Host}:{server.Endpoint.Port}"), Host, alpn: "h2"))
        {
            await tls.WriteAsync(Opening);
            var reading = reads ? ReadAnswersAsync(tls) : Task.FromResult(new Ending(Closed: false, 0, ""));
            var sending = SendAsync(tls, count, frame);
            ending = await reading.WaitAsync(_patience);
            var (peak, heldUp) = await sending.WaitAsync(_patience);
            ending = ending with { HeldUp = heldUp, Closed = ending.Closed || (!reads && !heldUp) };
            TestContext.Current.TestOutputHelper!.WriteLine($"{ending}, grew by {(peak - before) / 1024 / 1024} MiB at most");
            Assert.True(peak - before < Growth, $"grew by {peak - before} bytes while the abuse went on");
            using var another = proxy.Client();
            Assert.Equal("served", await another.GetStringAsync(new Uri($"https://{Host}:{server.Endpoint.Port}/after")));
        }

        await recorded.WaitAsync(_patience);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.True(after - before < Growth, $"grew by {after - before} bytes");
        return ending;
    }

    /// <summary>Sends the flood and a last PING until the proxy closes or does not take any more; gives the most memory seen meanwhile.</summary>
    private static async Task<(long Peak, bool HeldUp)> SendAsync(SslStream tls, int count, Func<int, byte[]> frame)
    {
        var peak = 0L;
        var batch = new List<byte>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                batch.AddRange(frame(i));
                if (batch.Count > 16_000 || i == count - 1)
                {
                    await tls.WriteAsync(batch.ToArray()).AsTask().WaitAsync(TimeSpan.FromSeconds(3));
                    batch.Clear();
                    peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
                }
            }

            await tls.WriteAsync(Frame(Ping, 0, 0, _lastPing));
            return (peak, false);
        }
        catch (TimeoutException)
        {
            return (peak, true);
        }
        catch (IOException)
        {
            return (peak, false);
        }
    }

    /// <summary>Reads until the proxy closes, says GOAWAY, or has answered the last PING.</summary>
    private static async Task<Ending> ReadAnswersAsync(SslStream tls)
    {
        var acknowledged = 0;
        try
        {
            while (await ReadAsync(tls) is var (type, flags, payload))
            {
                if (type == GoAway)
                {
                    return new Ending(Closed: true, acknowledged, $"GOAWAY {payload[7]} {Encoding.ASCII.GetString(payload.AsSpan(8))}");
                }

                if (type == Ping && payload.AsSpan().SequenceEqual(_lastPing))
                {
                    return new Ending(Closed: false, acknowledged, "");
                }

                acknowledged += type is Ping or Settings && (flags & Ack) != 0 ? 1 : 0;
            }

            return new Ending(Closed: true, acknowledged, "end of stream");
        }
        catch (IOException e)
        {
            return new Ending(Closed: true, acknowledged, e.Message);
        }
    }

    /// <summary>Takes what is recorded, as a case does, until the other client's request is there.</summary>
    private static async Task DrainAsync(ProxyHarness proxy)
    {
        for (var last = false; !last;)
        {
            using var flow = await proxy.Sink.NextAsync();
            last = flow.Request is { } request && Encoding.Latin1.GetString(request.Head.Span).Contains("/after", StringComparison.Ordinal);
        }
    }

    private sealed record Ending(bool Closed, int Acknowledged, string How, bool HeldUp = false);
}
