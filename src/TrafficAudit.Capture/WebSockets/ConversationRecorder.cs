using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.WebSockets;

/// <summary>
/// Reads both directions of a WebSocket and hands its messages to the evidence in batches: at 256 KiB, or a second after the first of a batch, whichever
/// comes first. When the evidence can't keep up, the direction that brought the batch waits, and with it the traffic.
/// </summary>
internal sealed class ConversationRecorder : IUpgradeRecorder, IDisposable
{
    private const int BatchBytes = 256 * 1024;
    private const int BatchMessages = 8192;

    /// <summary>So many bytes are read before a look at how much waits: compressed, they can become a thousand times as many.</summary>
    private const int Piece = 4096;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Func<IReadOnlyList<WebSocketMessage>, ValueTask<bool>> _append;
    private readonly TimeProvider _time;
    private readonly Way _sent;
    private readonly Way _received;
    private readonly SemaphoreSlim _oneBatch = new(1);
    private readonly SemaphoreSlim _hasPending = new(0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _flushing;

    // Guarded by the lock: both directions and the flushing task.
    private readonly Lock _gate = new();
    private List<WebSocketMessage> _pending = [];
    private int _pendingBytes;
    private bool _isSignalled;
    private long _nextIndex;
    private bool _isTruncated;

    /// <param name="append">Hands a batch to the evidence; false when that can't take it.</param>
    /// <param name="isCompressed">Whether permessage-deflate was agreed on.</param>
    /// <param name="limits">How much is kept.</param>
    /// <param name="time">The clock.</param>
    public ConversationRecorder(
        Func<IReadOnlyList<WebSocketMessage>, ValueTask<bool>> append, bool isCompressed, CaptureLimits limits, TimeProvider time)
    {
        _append = append;
        _time = time;
        var kept = new KeptBytes(limits.ConversationBytes);
        _sent = new Way(MessageKind.WebSocketSent, new MessageReader(isCompressed, limits.MessageBytes, kept));
        _received = new Way(MessageKind.WebSocketReceived, new MessageReader(isCompressed, limits.MessageBytes, kept));
        _flushing = FlushRegularlyAsync();
    }

    public IEnumerable<FlowNote> Notes
    {
        get
        {
            if (_isTruncated)
            {
                yield return FlowNote.MessagesTruncated;
            }

            if (_sent.Reader.IsBroken || _received.Reader.IsBroken)
            {
                yield return FlowNote.MessagesUnreadable;
            }
        }
    }

    public ValueTask SentAsync(ReadOnlyMemory<byte> bytes) => ReadAsync(_sent, bytes);

    public ValueTask ReceivedAsync(ReadOnlyMemory<byte> bytes) => ReadAsync(_received, bytes);

    public async ValueTask EndAsync()
    {
        await _end.CancelAsync();
        await _flushing;
        foreach (var way in (Way[])[_sent, _received])
        {
            way.Reader.End(way.Read);
            Place(way);
        }

        await TryFlushAsync();
    }

    public FlowMetadata Describe(FlowMetadata metadata) => metadata with
    {
        Messages = new MessageCounts(_sent.Count, _received.Count),
        BytesSent = _sent.Bytes + _sent.Reader.UnreadBytes,
        BytesReceived = _received.Bytes + _received.Reader.UnreadBytes,
    };

    public void Dispose()
    {
        _sent.Reader.Dispose();
        _received.Reader.Dispose();
        _oneBatch.Dispose();
        _hasPending.Dispose();
        _end.Dispose();
    }

    private async ValueTask ReadAsync(Way way, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, Piece)];
            bytes = bytes[piece.Length..];
            way.Reader.Read(piece.Span, way.Read);
            if (way.Read.Count > 0 && Place(way) && !await TryFlushAsync())
            {
                throw new IOException("The messages can't be recorded any more");
            }
        }
    }

    /// <summary>Gives messages their place in the conversation; true when enough wait for a batch.</summary>
    private bool Place(Way way)
    {
        lock (_gate)
        {
            foreach (var read in way.Read)
            {
                way.Count++;
                way.Bytes += read.Length;
                _isTruncated |= read.Payload.Length < read.Length;
                _pendingBytes += read.Payload.Length;
                _pending.Add(new WebSocketMessage
                {
                    Index = _nextIndex++,
                    Time = _time.GetUtcNow(),
                    Kind = way.Kind,
                    Type = read.Type,
                    Length = read.Length,
                    Payload = read.Payload,
                    Sha256 = read.Sha256,
                    IsComplete = read.IsComplete,
                });
            }

            way.Read.Clear();
            if (_pending.Count > 0 && !_isSignalled)
            {
                _isSignalled = true;
                _hasPending.Release();
            }

            return _pendingBytes >= BatchBytes || _pending.Count >= BatchMessages;
        }
    }

    /// <summary>Hands over what waits, one batch after the other; false when the evidence can't take it.</summary>
    private async ValueTask<bool> TryFlushAsync()
    {
        await _oneBatch.WaitAsync();
        try
        {
            List<WebSocketMessage> batch;
            lock (_gate)
            {
                (batch, _pending, _pendingBytes) = (_pending, [], 0);
            }

            return batch.Count == 0 || await _append(batch);
        }
        finally
        {
            _oneBatch.Release();
        }
    }

    /// <summary>What waits is on its way within a second, whether or not anything follows it.</summary>
    private async Task FlushRegularlyAsync()
    {
        try
        {
            do
            {
                await _hasPending.WaitAsync(_end.Token);
                await Task.Delay(LongestWait, _time, _end.Token);
                lock (_gate)
                {
                    _isSignalled = false;
                }
            }
            while (await TryFlushAsync());
        }
        catch (OperationCanceledException)
        {
            // The connection has ended; the last batch goes with the end.
        }
    }

    /// <summary>One direction. Its reader and what that has read belong to the thread that brings the bytes.</summary>
    private sealed record Way(MessageKind Kind, MessageReader Reader)
    {
        public List<ReadMessage> Read { get; } = [];

        public long Count { get; set; }

        public long Bytes { get; set; }
    }
}
