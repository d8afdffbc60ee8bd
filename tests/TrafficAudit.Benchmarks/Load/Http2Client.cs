using System.Buffers.Binary;
using System.Diagnostics;
using TrafficAudit.Benchmarks.Traffic;

namespace TrafficAudit.Benchmarks.Load;

/// <summary>
/// One HTTP/2 connection with a fixed number of requests under way: each that is answered is followed by the next. One loop reads what came, and
/// writes all that follows from it at once. Field blocks are not decoded beyond the status, which keeps it cheap.
/// </summary>
internal sealed class Http2Client(Stream stream, LoadCount count, int streams)
{
    private const int WindowStep = 1 << 28;

    private readonly byte[] _request = Http2Frames.Request();
    private readonly byte[] _input = new byte[256 * 1024];
    private readonly Dictionary<int, Pending> _pending = new(streams);
    private readonly MemoryStream _output = new(64 * 1024);
    private int _received;
    private int _nextStream = 1;
    private SequenceNumber? _sequence;

    /// <exception cref="IOException">The connection broke, or the proxy ended it.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        _sequence = new SequenceNumber(_request);
        _output.Write(Http2Frames.Opening());
        for (var i = 0; i < streams; i++)
        {
            Send();
        }

        var length = 0;
        while (_pending.Count > 0)
        {
            await FlushAsync(cancellation);
            var read = await stream.ReadAsync(_input.AsMemory(length), cancellation);
            if (read == 0)
            {
                count.Fail(_pending.Count);
                throw new IOException("The connection ended in mid-answer");
            }

            length += read;
            var used = Process(_input.AsSpan(0, length));
            _input.AsSpan(used, length - used).CopyTo(_input);
            length -= used;
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_output.Length > 0)
        {
            await stream.WriteAsync(_output.GetBuffer().AsMemory(0, (int)_output.Length), cancellation);
            _output.SetLength(0);
        }
    }

    private void Send()
    {
        _sequence!.Increment();
        BinaryPrimitives.WriteInt32BigEndian(_request.AsSpan(5), _nextStream);
        _output.Write(_request);
        _pending[_nextStream] = new Pending(Stopwatch.GetTimestamp(), IsOk: false, Body: 0);
        _nextStream += 2;
    }

    /// <summary>Takes all whole frames; gives how many bytes they were.</summary>
    private int Process(ReadOnlySpan<byte> bytes)
    {
        var used = 0;
        while (bytes.Length - used >= Http2Frames.HeaderLength)
        {
            var frame = bytes[used..];
            var length = BinaryPrimitives.ReadInt32BigEndian(frame) >>> 8;
            if (frame.Length < Http2Frames.HeaderLength + length)
            {
                break;
            }

            Process(frame[3], frame[4], BinaryPrimitives.ReadInt32BigEndian(frame[5..]), frame.Slice(Http2Frames.HeaderLength, length));
            used += Http2Frames.HeaderLength + length;
        }

        return used;
    }

    private void Process(byte type, byte flags, int id, ReadOnlySpan<byte> payload)
    {
        switch (type)
        {
            case Http2Frames.Headers when _pending.TryGetValue(id, out var pending):
                // Trailers end a stream, too; they say nothing about the status.
                var isOk = pending.IsOk || Http2Frames.IsOk(payload);
                Continue(id, pending with { IsOk = isOk }, flags);
                break;
            case Http2Frames.Data:
                OnData(id, flags, payload);
                break;
            case Http2Frames.ResetStream when _pending.Remove(id):
                count.Fail();
                SendNext();
                break;
            case Http2Frames.Settings or Http2Frames.Ping when (flags & Http2Frames.Ack) == 0:
                _output.Write(Http2Frames.Frame(type, Http2Frames.Ack, 0, type == Http2Frames.Ping ? payload : []));
                break;
            case Http2Frames.GoAway:
                count.Fail(_pending.Count);
                throw new IOException($"The proxy ended the connection (GOAWAY, error {BinaryPrimitives.ReadInt32BigEndian(payload[4..])})");
        }
    }

    private void OnData(int id, byte flags, ReadOnlySpan<byte> payload)
    {
        _received += payload.Length;
        if (_received >= WindowStep)
        {
            _output.Write(Http2Frames.WindowUpdateFrame(_received));
            _received = 0;
        }

        if (_pending.TryGetValue(id, out var pending))
        {
            var body = (flags & Http2Frames.Padded) != 0 ? payload[1..^payload[0]] : payload;
            var expected = BenchTraffic.ResponseBody.AsSpan(Math.Min(pending.Body, BenchTraffic.ResponseBody.Length));
            Continue(id, pending with { IsOk = pending.IsOk && expected.StartsWith(body), Body = pending.Body + body.Length }, flags);
        }
    }

    private void Continue(int id, Pending pending, byte flags)
    {
        if ((flags & Http2Frames.EndStream) == 0)
        {
            _pending[id] = pending;
            return;
        }

        _pending.Remove(id);
        if (pending.IsOk && pending.Body == BenchTraffic.ResponseBody.Length)
        {
            count.Succeed(pending.StartedAt);
        }
        else
        {
            count.Fail();
        }

        SendNext();
    }

    private void SendNext()
    {
        if (!count.IsEnding)
        {
            Send();
        }
    }

    private readonly record struct Pending(long StartedAt, bool IsOk, int Body);
}
