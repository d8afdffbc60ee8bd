using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using TrafficAudit.Benchmarks.Comparison;
using TrafficAudit.Benchmarks.Load;

namespace TrafficAudit.Benchmarks.Endurance;

/// <summary>One WebSocket with many messages a second: what arrives, and what the program holds meanwhile.</summary>
internal sealed class MessagesRun(string program, int perSecond, int seconds, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long _received;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            await using var rig = await Rig.StartAsync(program, time, cancellation);
            await using var stream = await Tunnel.OpenAsync(new LoadOptions(rig.Proxy, rig.Target, IsHttp2: false, 1, 1, TimeSpan.Zero, TimeSpan.Zero), cancellation);
            await UpgradeAsync(stream, cancellation);
            using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions());
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var receiving = ReceiveAsync(socket, end.Token);
            var first = await SeriesAsync(rig, cancellation);
            await end.CancelAsync();
            await receiving;
            await rig.StopAsync(cancellation);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_received / first:N0} messages/s arrived of {perSecond:N0} sent"));
            return _received / first > 0.95 * perSecond ? 0 : 1;
        }
        catch (ComparisonException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 3;
        }
    }

    private async Task<double> SeriesAsync(Rig rig, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        ProcessSample? before = null;
        long receivedBefore = 0;
        using var timer = new PeriodicTimer(Interval, time);
        double second = 0;
        while (second < seconds && await timer.WaitForNextTickAsync(cancellation))
        {
            second = time.GetElapsedTime(started).TotalSeconds;
            var received = Interlocked.Read(ref _received);
            var sample = await ProcessSample.TakeAsync(rig, second, cancellation);
            var rate = (received - receivedBefore) / (second - (before?.Second ?? 0));
            Console.WriteLine(sample.Line(before) + string.Create(CultureInfo.InvariantCulture, $"  {rate,8:N0} messages/s"));
            (before, receivedBefore) = (sample, received);
        }

        return second;
    }

    private async Task UpgradeAsync(Stream stream, CancellationToken cancellation)
    {
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET /messages/{perSecond} HTTP/1.1\r\nHost: {Traffic.BenchTraffic.Host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
            cancellation);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, cancellation) > 0)
        {
            head.Append((char)one[0]);
        }

        if (!head.ToString().StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new ComparisonException("The WebSocket was not opened");
        }
    }

    private async Task ReceiveAsync(WebSocket socket, CancellationToken end)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), end) is { MessageType: not WebSocketMessageType.Close } message)
            {
                if (message.EndOfMessage)
                {
                    Interlocked.Increment(ref _received);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The measurement is over.
        }
    }
}
