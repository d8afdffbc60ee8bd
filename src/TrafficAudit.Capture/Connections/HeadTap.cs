using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Capture.Connections;

/// <summary>
/// Stands between the connection and Kestrel. It keeps the bytes of each HTTP/1.x request head (Kestrel's own header dictionary loses order, case
/// and duplicates), and lets Kestrel see none before it is whole and <see cref="RequestHeadCheck"/> takes it. A refused head is answered
/// here; Kestrel sees the connection end. From <see cref="TakeHead"/> to <see cref="BeginHead"/> bytes are body: Kestrel reads nothing of
/// the next head before the application has returned and the body is read.
/// </summary>
/// <remarks>The bytes are copied when they are read, not when they are consumed, because Kestrel decodes a path in place.</remarks>
internal sealed class HeadTap(IDuplexPipe transport, ClientLimits limits, TimeProvider time) : PipeReader
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly HeadFault TooSlow = new("408 Request Timeout", "The request's head was not complete within the time limit");

    /// <summary>The client's sending ended within a head.</summary>
    public static readonly HeadFault BrokenOff = HeadFault.Bad("The connection ended before the request's head was complete");

    private readonly ArrayBufferWriter<byte> _head = new(1024);
    private ReadOnlySequence<byte> _buffer;
    private ChunkCheck? _chunks;
    private long _checked;
    private int _lineStart;
    private bool _skippedEmptyLine;
    private State _state = State.Head;

    private enum State
    {
        /// <summary>A head is to come, or under way.</summary>
        Head,

        /// <summary>A whole head was handed on; Kestrel is reading it.</summary>
        HandedOn,

        /// <summary>The application has the request.</summary>
        Body,

        /// <summary>Nothing more is read.</summary>
        Ended,
    }

    /// <summary>Why a head was refused; null when none was.</summary>
    public HeadFault? Fault { get; private set; }

    /// <summary>The bytes that came since the last request and became none: what was refused, or broke off. Empty if none came.</summary>
    public ReadOnlySpan<byte> Unclaimed => _state is State.Body ? [] : _head.WrittenSpan;

    /// <summary>The application starts on a request: its head, and from here on bytes are body.</summary>
    public byte[] TakeHead()
    {
        _state = State.Body;
        return _head.WrittenSpan.ToArray();
    }

    /// <summary>The request's body was read to its end: what comes now is the next head.</summary>
    public void BeginHead()
    {
        if (_state is not State.Ended)
        {
            _state = State.Head;
            _lineStart = 0;
            _skippedEmptyLine = false;
            _head.ResetWrittenCount();
        }
    }

    /// <summary>True when the chunks of the request's body broke their framing.</summary>
    public bool IsBodyBroken { get; private set; }

    /// <summary>True when nothing more is read: a head was refused, or <see cref="End"/> called.</summary>
    public bool HasEnded => _state is State.Ended;

    /// <summary>What comes on this connection can't be told from the last request's body any more: Kestrel sees its end.</summary>
    public void End()
    {
        _head.ResetWrittenCount();
        _state = State.Ended;
        transport.Input.CancelPendingRead();
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_state is State.Ended)
        {
            return Nothing;
        }

        var result = await transport.Input.ReadAsync(cancellationToken);
        if (_state is State.Ended)
        {
            transport.Input.AdvanceTo(result.Buffer.Start);
            return Nothing;
        }

        return _state is State.Body ? Body(result) : Takes(ref result) ? result : await ReadHeadAsync(result, cancellationToken);
    }

    public override bool TryRead(out ReadResult result)
    {
        result = Nothing;
        if (_state is State.Ended)
        {
            return true;
        }

        if (!transport.Input.TryRead(out result))
        {
            return false;
        }

        if (_state is State.Body)
        {
            result = Body(result);
            return true;
        }

        if (Takes(ref result))
        {
            return true;
        }

        // What is not complete, or is refused, is left to ReadAsync.
        transport.Input.AdvanceTo(result.Buffer.Start);
        return false;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_state is State.Ended)
        {
            return;
        }

        if (_state is State.Body && _chunks is not null)
        {
            _checked = Math.Max(0, _checked - _buffer.Slice(_buffer.Start, consumed).Length);
            _buffer = default;
        }

        transport.Input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => transport.Input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => transport.Input.Complete(exception);

    private static ReadResult Nothing => new(ReadOnlySequence<byte>.Empty, isCanceled: false, isCompleted: true);

    /// <summary>Body bytes as far as they are in order.</summary>
    /// <exception cref="BadHttpRequestException">None are left. Kestrel passes it on to whoever reads the body.</exception>
    private ReadResult Body(ReadResult result)
    {
        if (_chunks is null || _chunks.IsDone)
        {
            return result;
        }

        if (IsBodyBroken)
        {
            transport.Input.AdvanceTo(result.Buffer.Start);
            throw new BadHttpRequestException("The request's chunks break their framing (RFC 9112, section 7.1)");
        }

        foreach (var segment in result.Buffer.Slice(_checked))
        {
            var taken = _chunks.Take(segment.Span);
            _checked += taken;
            if (taken < segment.Length)
            {
                IsBodyBroken = !_chunks.IsDone;
                break;
            }
        }

        _buffer = result.Buffer;
        return IsBodyBroken ? new ReadResult(result.Buffer.Slice(0, _checked), result.IsCanceled, isCompleted: false) : result;
    }

    /// <summary>True when Kestrel may see this: a whole head that is in order, or that there is nothing.</summary>
    private bool Takes(ref ReadResult result)
    {
        var buffer = result.Buffer;
        if (buffer.IsEmpty || _state is State.HandedOn)
        {
            return true;
        }

        // The usual case: all of it came at once.
        var end = buffer.FirstSpan.IndexOf("\r\n\r\n"u8);
        if (end <= 0 || end + 4 > RequestHeadCheck.MaximumLine + RequestHeadCheck.MaximumFields)
        {
            return false;
        }

        var head = buffer.FirstSpan[..(end + 4)];
        if (RequestHeadCheck.Of(head, out var isChunked) is not null)
        {
            return false;
        }

        Keep(head, isChunked);
        return true;
    }

    private async ValueTask<ReadResult> ReadHeadAsync(ReadResult result, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(limits.HeadTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            while (true)
            {
                var start = Start(result);
                var rest = result.Buffer.Slice(start);
                if (Look(rest) is { } fault)
                {
                    return await RefuseAsync(fault, result.Buffer.End);
                }

                if (_state is State.HandedOn || result.IsCanceled)
                {
                    return new ReadResult(_state is State.HandedOn ? rest : rest.Slice(0, 0), result.IsCanceled, result.IsCompleted);
                }

                if (result.IsCompleted)
                {
                    return await RefuseAsync(BrokenOff, result.Buffer.End);
                }

                transport.Input.AdvanceTo(start, result.Buffer.End);
                result = await transport.Input.ReadAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return await RefuseAsync(TooSlow, consumed: null);
        }
    }

    /// <summary>Where the head starts: one empty line before it is passed over (RFC 9112, section 2.2).</summary>
    private SequencePosition Start(ReadResult result)
    {
        var buffer = result.Buffer;
        if (_skippedEmptyLine || _head.WrittenCount > 2 || buffer.Length < 2 || buffer.FirstSpan[0] != '\r' || buffer.Slice(1).FirstSpan[0] != '\n')
        {
            return buffer.Start;
        }

        _skippedEmptyLine = true;
        _lineStart = 0;
        _head.ResetWrittenCount();
        return buffer.GetPosition(2);
    }

    /// <summary>Takes in what is new of a head that came in pieces.</summary>
    private HeadFault? Look(ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length == 1 && buffer.FirstSpan[0] == '\r')
        {
            return null;
        }

        var room = RequestHeadCheck.MaximumLine + RequestHeadCheck.MaximumFields + 1 - _head.WrittenCount;
        var fresh = buffer.Slice(_head.WrittenCount);
        foreach (var segment in fresh.Slice(0, Math.Min(fresh.Length, room)))
        {
            _head.Write(segment.Span);
        }

        var fault = RequestHeadCheck.OfPart(_head.WrittenSpan, ref _lineStart, out var length);
        if (length == 0)
        {
            return fault;
        }

        var head = _head.WrittenSpan[..length].ToArray();
        if (RequestHeadCheck.Of(head, out var isChunked) is { } wrong)
        {
            return wrong;
        }

        Keep(head, isChunked);
        return null;
    }

    private void Keep(ReadOnlySpan<byte> head, bool isChunked)
    {
        _chunks = isChunked ? new ChunkCheck() : null;
        _checked = 0;
        _head.ResetWrittenCount();
        _head.Write(head);
        _state = State.HandedOn;
    }

    private async ValueTask<ReadResult> RefuseAsync(HeadFault fault, SequencePosition? consumed)
    {
        Fault = fault;
        _state = State.Ended;
        if (consumed is { } end)
        {
            transport.Input.AdvanceTo(end);
        }

        using var patience = new CancellationTokenSource(AnswerTime, time);
        try
        {
            await transport.Output.WriteAsync(PlainAnswer.Bytes(fault.Status, fault.Reason), patience.Token);
        }
        catch (OperationCanceledException)
        {
            // The client does not read its answer; the recording has the reason.
            Fault = fault with { Reason = fault.Reason + "; the client did not take the answer" };
        }

        return Nothing;
    }
}
