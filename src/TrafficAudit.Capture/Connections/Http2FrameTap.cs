using System.Buffers.Binary;
using System.IO.Pipelines;

namespace TrafficAudit.Capture.Connections;

/// <summary>
/// Follows the frames that Kestrel writes on an HTTP/2 connection (RFC 9113, section 4.1) and reports those by which it refuses something:
/// Kestrel tells nobody else. The bytes go on untouched.
/// </summary>
internal sealed class Http2FrameTap(PipeWriter output, Http2Refusals refusals) : PipeWriter
{
    private const int HeaderLength = 9;
    private const byte ResetStream = 3;
    private const byte GoAway = 7;

    /// <summary>Frame header and as much of the payload as holds the error code.</summary>
    private readonly byte[] _frame = new byte[HeaderLength + 8];
    private Memory<byte> _written;
    private int _length;
    private int _toSkip;

    public override bool CanGetUnflushedBytes => output.CanGetUnflushedBytes;

    public override long UnflushedBytes => output.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _written = output.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        Follow(_written.Span[..bytes]);
        _written = _written[bytes..];
        output.Advance(bytes);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        Follow(source.Span);
        return output.WriteAsync(source, cancellationToken);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => output.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => output.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => output.CompleteAsync(exception);

    private void Follow(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var skipped = Math.Min(_toSkip, bytes.Length);
            _toSkip -= skipped;
            bytes = bytes[skipped..];
            if (_toSkip > 0 || bytes.IsEmpty)
            {
                return;
            }

            var wanted = _length < HeaderLength ? HeaderLength : HeaderLength + KeptOfPayload;
            var taken = Math.Min(wanted - _length, bytes.Length);
            bytes[..taken].CopyTo(_frame.AsSpan(_length));
            _length += taken;
            bytes = bytes[taken..];
            if (_length >= HeaderLength && _length == HeaderLength + KeptOfPayload)
            {
                EndFrame();
            }
        }
    }

    private int PayloadLength => (_frame[0] << 16) | (_frame[1] << 8) | _frame[2];

    private int KeptOfPayload => Math.Min(PayloadLength, _frame[3] switch { ResetStream => 4, GoAway => 8, _ => 0 });

    private void EndFrame()
    {
        if (_frame[3] == ResetStream && KeptOfPayload == 4)
        {
            refusals.OnReset(ReadInt(5), (Http2Error)ReadInt(HeaderLength));
        }
        else if (_frame[3] == GoAway && KeptOfPayload == 8)
        {
            refusals.OnGoAway((Http2Error)ReadInt(HeaderLength + 4));
        }

        _toSkip = PayloadLength - KeptOfPayload;
        _length = 0;
    }

    private int ReadInt(int offset) => BinaryPrimitives.ReadInt32BigEndian(_frame.AsSpan(offset)) & int.MaxValue;
}
