namespace TrafficAudit.Capture.Recording;

/// <summary>
/// The response body on its way to the client; a copy goes to the recorder first. When the client has gone, bytes still go to
/// the recorder: what the server sent is evidence whether or not the phone waited for it.
/// </summary>
internal sealed class RecordingResponseStream(Stream body, BodyRecorder recorder, Action onProgress, CancellationToken clientLeft) : ForwardOnlyStream
{
    public override bool CanWrite => true;

    /// <summary>True once a write to the client failed.</summary>
    public bool ClientLeft { get; private set; }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        recorder.Append(buffer.Span);
        onProgress();
        if (ClientLeft || clientLeft.IsCancellationRequested)
        {
            ClientLeft = true;
            return;
        }

        try
        {
            await body.WriteAsync(buffer, clientLeft);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            ClientLeft = true;
        }
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
}
