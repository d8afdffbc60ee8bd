using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Capture.Recording;

/// <summary>The client's request body as the forwarder reads it; a copy goes to the recorder.</summary>
internal sealed class RecordingRequestStream(Stream body, BodyRecorder recorder, Action onProgress) : ForwardOnlyStream
{
    public override bool CanRead => true;

    /// <summary>True once the body's end was read.</summary>
    public bool Ended { get; private set; }

    /// <summary>True once the body broke HTTP: bad chunks, a length that is not kept.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>True once a read was cancelled: Kestrel lets nobody read on after that.</summary>
    public bool IsGivenUp { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await body.ReadAsync(buffer, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            IsGivenUp = true;
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

    /// <summary>Kestrel has one exception for both and tells them apart by text alone.</summary>
    private static bool IsEndOfConnection(BadHttpRequestException e) => e.Message.StartsWith("Unexpected end of request content", StringComparison.Ordinal);
}
