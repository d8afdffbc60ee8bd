using System.Buffers;
using System.Net.Sockets;
using TrafficAudit.Capture.Recording;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>
/// An HTTP/1.1 connection to a server, beneath .NET's handler, for the sake of <see cref="Upload"/>: tells when the server answers before a
/// request is sent whole, and sends the rest of such a request while the handler is reading the answer.
/// </summary>
internal sealed class Http1Connection(Stream inner) : ForwardOnlyStream
{
    private readonly Lock _answerLock = new();
    private Task _uploaded = Task.CompletedTask;
    private Task _rest = Task.CompletedTask;
    private long _toDrop;
    private Task? _reading;
    private Task? _peeking;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    /// <summary>
    /// Ends when the server says something, or closes. On a connection that is used again the handler waits for that from before the request on, and takes
    /// what came once the request is sent.
    /// </summary>
    public Task AnswerAsync()
    {
        lock (_answerLock)
        {
            return _reading ?? (_peeking ??= PeekAsync());
        }
    }

    /// <summary>From here on the request is sent by <see cref="WriteRestAsync"/>.</summary>
    /// <param name="rest">Ends when it is sent.</param>
    /// <param name="handlers">How many bytes the handler still writes in its stead; they go nowhere.</param>
    public void BeginRest(Task rest, long handlers)
    {
        _toDrop = handlers;
        _rest = EndAsync(rest);
    }

    public async ValueTask WriteRestAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellation)
    {
        await _uploaded.WaitAsync(cancellation);
        await inner.WriteAsync(buffer, cancellation);
        await inner.FlushAsync(cancellation);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_toDrop > 0)
        {
            _toDrop -= buffer.Length;
            return default;
        }

        return !_rest.IsCompleted ? WriteAfterRestAsync(buffer, cancellationToken)
            : Upload.Current is { } upload ? WriteAsync(upload, buffer, cancellationToken)
            : inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = _peeking is null ? inner.ReadAsync(buffer, cancellationToken) : ReadAfterPeekAsync(_peeking, buffer, cancellationToken);
        if (read.IsCompleted)
        {
            _reading = null;
            return read;
        }

        var reading = read.AsTask();
        _reading = reading;
        return new ValueTask<int>(reading);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>
    /// Writes for an upload, which waits for no longer than until the server answers: it may have stopped reading. The bytes are copied, since the handler uses
    /// its buffer again.
    /// </summary>
    private async ValueTask WriteAsync(Upload upload, ReadOnlyMemory<byte> buffer, CancellationToken cancellation)
    {
        upload.GoesOver(this);
        _uploaded = WriteAfterAsync(_uploaded, buffer, cancellation);
        if (!_uploaded.IsCompleted)
        {
            await Task.WhenAny(_uploaded, AnswerAsync());
        }

        if (_uploaded.IsCompleted)
        {
            await _uploaded;
        }
    }

    private async Task WriteAfterAsync(Task earlier, ReadOnlyMemory<byte> buffer, CancellationToken cancellation)
    {
        var copy = ArrayPool<byte>.Shared.Rent(buffer.Length);
        buffer.CopyTo(copy);
        try
        {
            await earlier;
            await inner.WriteAsync(copy.AsMemory(0, buffer.Length), cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private async ValueTask WriteAfterRestAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellation)
    {
        await _rest.WaitAsync(cancellation);
        await WriteAsync(buffer, cancellation);
    }

    private async ValueTask<int> ReadAfterPeekAsync(Task peeking, Memory<byte> buffer, CancellationToken cancellation)
    {
        await peeking.WaitAsync(cancellation);
        _peeking = null;
        return await inner.ReadAsync(buffer, cancellation);
    }

    /// <summary>An empty read ends when there is something to read, and takes nothing.</summary>
    private async Task PeekAsync()
    {
        try
        {
            _ = await inner.ReadAsync(Memory<byte>.Empty);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection broke, which the handler's own reading finds again.
            return;
        }
    }

    /// <summary>A request that was not sent whole leaves a connection that is good for nothing more. Why it ended is known to whoever sent the body.</summary>
    private async Task EndAsync(Task rest)
    {
        await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!rest.IsCompletedSuccessfully)
        {
            await inner.DisposeAsync();
        }
    }
}
