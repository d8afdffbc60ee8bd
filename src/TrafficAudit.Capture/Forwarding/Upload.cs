using System.Collections.Immutable;
using System.Net;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>
/// A request's body on its way to the server, each part sent on when it comes. Over HTTP/1.1 .NET's handler reads no answer before it has sent the whole
/// request: a client that waits for one in the middle of its body would wait for ever, and the answer of a server that refuses a
/// long body would come late or never. So when an answer comes first the upload steps out: the handler is made to believe that all was sent, and
/// reads the answer, while the rest of the body goes to the server beneath it. So do trailers, which the handler does not send.
/// </summary>
/// <param name="handler">Where the handler takes the body.</param>
/// <param name="length">In bytes; null when it is sent in chunks.</param>
/// <param name="trailers">The body's trailers, asked for when it is sent.</param>
internal sealed class Upload(Stream handler, long? length, Func<ImmutableArray<HeaderField>> trailers) : ForwardOnlyStream
{
    private static readonly AsyncLocal<Upload?> Sending = new();
    private static readonly byte[] LastChunk = ChunkedCoding.LastChunk([]);
    private static readonly byte[] Filler = new byte[64 * 1024];

    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _end = new();
    private Http1Connection? _connection;
    private long _handed;
    private bool _hasSteppedOut;
    private Task _copying = Task.CompletedTask;

    /// <summary>The upload that the handler is writing now; null for a request without a body.</summary>
    public static Upload? Current => Sending.Value;

    public override bool CanWrite => true;

    /// <summary>Told by the connection that the handler writes to; over HTTP/2, which has no need of it, nobody does.</summary>
    public void GoesOver(Http1Connection connection) => _connection = connection;

    /// <summary>Sends a body; done when it is sent, or when the handler is to read the answer.</summary>
    public async Task SendAsync(HttpContent body, TransportContext? context, CancellationToken cancellation)
    {
        Sending.Value = this;
        await using var ending = cancellation.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
        _copying = body.CopyToAsync(this, context, _end.Token);
        if (!_copying.IsCompleted)
        {
            await HandOverAsync(default, cancellation); // the head: the client may wait for an answer before the first byte of its body
            if (_connection is { } connection && await Task.WhenAny(_copying, connection.AnswerAsync()) != _copying)
            {
                await StepOutAsync(connection, cancellation);
                return;
            }
        }

        await _copying;
        if (length is null && trailers() is { IsEmpty: false })
        {
            await HandOverAsync(default, cancellation); // an empty body has had no byte to tell its connection by
            if (_connection is { } connection)
            {
                await StepOutAsync(connection, cancellation);
            }
        }
    }

    /// <summary>Ends a body whose request failed; done when nobody reads it any more.</summary>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await _copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await HandOverAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task HandOverAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_hasSteppedOut)
            {
                await _connection!.WriteRestAsync(length is null ? ChunkedCoding.Chunk(piece.Span) : piece, cancellation);
                return;
            }

            if (!piece.IsEmpty)
            {
                _handed += piece.Length;
                await handler.WriteAsync(piece, cancellation);
            }

            await handler.FlushAsync(cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task StepOutAsync(Http1Connection connection, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        _hasSteppedOut = true;
        _turn.Release();

        var missing = length - _handed ?? 0;
        connection.BeginRest(SendRestAsync(connection), length is null ? LastChunk.Length : missing);
        for (; missing > 0; missing -= Filler.Length)
        {
            await handler.WriteAsync(Filler.AsMemory(0, (int)Math.Min(missing, Filler.Length)), cancellation);
        }
    }

    private async Task SendRestAsync(Http1Connection connection)
    {
        await _copying;
        if (length is null)
        {
            await connection.WriteRestAsync(ChunkedCoding.LastChunk(trailers()), _end.Token);
        }
    }
}
