namespace TrafficAudit.Capture.Recording;

/// <summary>The client's request body as the forwarder reads it; a copy goes to the recorder.</summary>
internal sealed class RecordingRequestStream(Stream body, BodyRecorder recorder, Action onProgress) : ForwardOnlyStream
{
    public override bool CanRead => true;

    /// <summary>True once the body's end was read.</summary>
    public bool Ended { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        if (read == 0 && buffer.Length > 0)
        {
            Ended = true;
        }

        recorder.Append(buffer.Span[..read]);
        onProgress();
        return read;
    }
}
