using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Capture.Recording;

/// <summary>
/// The client's request body as the forwarder reads it; a copy goes to the recorder. The forwarder may stop waiting for it, since the server has answered or
/// failed: what the client sends is evidence all the same, and can be read on. That is why waiting and reading are apart: Kestrel lets nobody
/// read on after a read was cancelled.
/// </summary>
internal sealed class RecordingRequestStream(Stream body, BodyRecorder recorder, Action onProgress) : ForwardOnlyStream
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>An empty read, which ends when there is something to read and takes nothing; nobody need wait for it.</summary>
    private Task? _waiting;

    public override bool CanRead => true;

    /// <summary>True once the body's end was read.</summary>
    public bool Ended { get; private set; }

    /// <summary>True once the body broke HTTP: bad chunks, a length that is not kept.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>True once a reader stopped waiting.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>True when it was stopped within the body: nobody can read on.</summary>
    public bool IsGivenUp { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            await WaitAsync(cancellationToken);
            read = buffer.IsEmpty ? 0 : await body.ReadAsync(buffer, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            IsAbandoned = true;
            throw;
        }
        catch (BadHttpRequestException e) when (!IsEndOfConnection(e))
        {
            IsMalformed = true;
            throw;
        }

        if (read == 0 && buffer.Length > 0)
        {
            Ended = true;
        }

        recorder.Append(buffer.Span[..read]);
        onProgress();
        return read;
    }

    /// <summary>Ends the reading; the stream is not read any more.</summary>
    public async Task StopAsync()
    {
        if (_waiting is { } waiting)
        {
            IsGivenUp = !waiting.IsCompleted;
            await _stop.CancelAsync();
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    private async ValueTask WaitAsync(CancellationToken cancellation)
    {
        if (_waiting is null)
        {
            var wait = body.ReadAsync(Memory<byte>.Empty, _stop.Token);
            if (wait.IsCompletedSuccessfully)
            {
                _ = await wait;
                return;
            }

            _waiting = wait.AsTask();
        }

        await _waiting.WaitAsync(cancellation);
        _waiting = null;
    }

    /// <summary>Kestrel has one exception for both and tells them apart by text alone.</summary>
    private static bool IsEndOfConnection(BadHttpRequestException e) => e.Message.StartsWith("Unexpected end of request content", StringComparison.Ordinal);
}
