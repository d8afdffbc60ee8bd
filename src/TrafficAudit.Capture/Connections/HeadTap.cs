using System.Buffers;
using System.IO.Pipelines;

namespace TrafficAudit.Capture.Connections;

/// <summary>
/// Stands between the connection and Kestrel and keeps the bytes of each HTTP/1.x request head: Kestrel's own header dictionary loses
/// order, case and duplicates. Kestrel consumes a head completely before it calls the application, and nothing of the next head before
/// the application has returned and the body is read; so what is consumed between <see cref="BeginHead"/> and <see cref="TakeHead"/> is
/// exactly one head. The bytes are copied when they are read, not when they are consumed, because Kestrel decodes a path in place.
/// </summary>
internal sealed class HeadTap(PipeReader input) : PipeReader
{
    /// <summary>More than Kestrel's limits let through (64 KiB request line, 128 KiB of fields).</summary>
    private const int MaximumHead = 256 * 1024;

    /// <summary>How much of bytes that became no request is kept.</summary>
    private const int MaximumUnclaimed = 256;

    private readonly ArrayBufferWriter<byte> _seen = new(1024);
    private ReadOnlySequence<byte> _buffer;
    private int _consumed;
    private bool _inHead = true;

    /// <summary>The bytes that came since the last request and became none: the start of what could not be parsed. Empty if none came.</summary>
    public byte[] Unclaimed => _inHead ? _seen.WrittenSpan[..Math.Min(_seen.WrittenCount, MaximumUnclaimed)].ToArray() : [];

    /// <summary>The application starts on a request: its head, and from here on bytes are body.</summary>
    public byte[] TakeHead()
    {
        _inHead = false;
        return _seen.WrittenSpan[..Math.Min(_consumed, _seen.WrittenCount)].ToArray();
    }

    /// <summary>The request's body was read to its end: what comes now is the next head.</summary>
    public void BeginHead()
    {
        _inHead = true;
        _consumed = 0;
        _seen.ResetWrittenCount();
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Seen(await input.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        var read = input.TryRead(out result);
        if (read)
        {
            Seen(result);
        }

        return read;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_inHead)
        {
            _consumed += (int)Math.Min(_buffer.Slice(_buffer.Start, consumed).Length, MaximumHead);
        }

        _buffer = default;
        input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => input.Complete(exception);

    private ReadResult Seen(ReadResult result)
    {
        _buffer = result.Buffer;
        if (_inHead)
        {
            // What was seen and not consumed comes again at the buffer's start.
            var known = _seen.WrittenCount - _consumed;
            if (known < _buffer.Length && _seen.WrittenCount < MaximumHead)
            {
                var fresh = _buffer.Slice(known);
                foreach (var segment in fresh.Slice(0, Math.Min(fresh.Length, MaximumHead - _seen.WrittenCount)))
                {
                    _seen.Write(segment.Span);
                }
            }
        }

        return result;
    }
}
