using System.Collections.Immutable;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Recording;

/// <summary>
/// The response body on its way to the client; a copy goes to the recorder first. When the client has gone, bytes still go to
/// the recorder: what the server sent is evidence whether or not the phone waited for it.
/// </summary>
internal sealed class RecordingResponseStream(Stream body, BodyRecorder recorder, Action onProgress, CancellationToken clientLeft) : ForwardOnlyStream
{
    private bool _isInChunks;

    public override bool CanWrite => true;

    /// <summary>True once a write to the client failed.</summary>
    public bool ClientLeft { get; private set; }

    /// <summary>From here on the client gets the body in chunks of ours, so that trailers can follow it; the recorder gets it as it is.</summary>
    public void SendInChunks() => _isInChunks = true;

    /// <summary>Ends a body in chunks of ours; any other one is not touched.</summary>
    public Task EndChunksAsync(ImmutableArray<HeaderField> trailers) =>
        _isInChunks ? SendAsync(ChunkedCoding.LastChunk(trailers)) : Task.CompletedTask;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        recorder.Append(buffer.Span);
        onProgress();
        await SendAsync(_isInChunks ? ChunkedCoding.Chunk(buffer.Span) : buffer);
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (ClientLeft)
        {
            return;
        }

        try
        {
            await body.FlushAsync(clientLeft);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            ClientLeft = true;
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (ClientLeft || clientLeft.IsCancellationRequested)
        {
            ClientLeft = true;
            return;
        }

        try
        {
            await body.WriteAsync(bytes, clientLeft);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            ClientLeft = true;
        }
    }
}
