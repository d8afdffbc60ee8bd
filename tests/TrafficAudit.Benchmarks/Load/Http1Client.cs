using System.Buffers.Text;
using System.Diagnostics;
using TrafficAudit.Benchmarks.Traffic;

namespace TrafficAudit.Benchmarks.Load;

/// <summary>
/// One HTTP/1.1 connection: a request, its answer, the next request. Nothing is allocated and hardly anything parsed, since what the load costs
/// makes all candidates look alike.
/// </summary>
internal sealed class Http1Client
{
    private readonly Stream _stream;
    private readonly LoadCount _count;
    private readonly byte[] _request = BenchTraffic.Http11Request();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly SequenceNumber _sequence;

    public Http1Client(Stream stream, LoadCount count)
    {
        _stream = stream;
        _count = count;
        _sequence = new SequenceNumber(_request);
    }

    /// <summary>Requests until the load ends, or so many as <paramref name="most"/> says; 0 for no bound.</summary>
    /// <exception cref="IOException">The connection broke or the answer is no answer.</exception>
    public async Task RunAsync(int most, CancellationToken cancellation)
    {
        for (var sent = 0; !_count.IsEnding && (most == 0 || sent < most); sent++)
        {
            await RequestAsync(cancellation);
        }
    }

    /// <summary>One request and its answer.</summary>
    /// <exception cref="IOException">The connection broke or the answer is no answer.</exception>
    public async Task RequestAsync(CancellationToken cancellation)
    {
        _sequence.Increment();
        var startedAt = Stopwatch.GetTimestamp();
        await _stream.WriteAsync(_request, cancellation);
        if (await ReadAnswerAsync(cancellation))
        {
            _count.Succeed(startedAt);
        }
        else
        {
            _count.Fail();
        }
    }

    /// <summary>Reads one answer; false when it is not the right one.</summary>
    private async ValueTask<bool> ReadAnswerAsync(CancellationToken cancellation)
    {
        var length = 0;
        var headLength = 0;
        var end = int.MaxValue;
        while (length < end)
        {
            var read = await _stream.ReadAsync(_buffer.AsMemory(length), cancellation);
            if (read == 0)
            {
                throw new IOException("The connection ended in mid-answer");
            }

            length += read;
            if (headLength == 0 && _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is > 0 and var found)
            {
                headLength = found + 4;
                end = headLength + ContentLength(_buffer.AsSpan(0, headLength));
            }
        }

        return _buffer.AsSpan().StartsWith("HTTP/1.1 200 "u8) && _buffer.AsSpan(headLength, end - headLength).SequenceEqual(BenchTraffic.ResponseBody);
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        // All candidates write the name in its usual case; one that does not would be told by its errors.
        var name = "\r\nContent-Length: "u8;
        var place = head.IndexOf(name);
        return place >= 0 && Utf8Parser.TryParse(head[(place + name.Length)..], out int length, out _) && length < 15 * 1024
            ? length
            : throw new IOException("The answer has no usable Content-Length");
    }
}
