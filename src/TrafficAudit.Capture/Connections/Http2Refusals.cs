using System.Collections.Concurrent;

namespace TrafficAudit.Capture.Connections;

/// <summary>
/// What the proxy refused on one HTTP/2 connection because the client broke the protocol (RFC 9113, section 5.4). Frames are reported by the
/// one that writes them, streams by the requests on them: any thread may use it.
/// </summary>
internal sealed class Http2Refusals
{
    private readonly ConcurrentDictionary<int, bool> _requests = new();
    private int _refusedStreams;
    private volatile Http2Error _streamError;
    private volatile Http2Error _connectionError;
    private volatile bool _hadRequest;

    /// <summary>Whether no request came, nor anything that had to be refused.</summary>
    public bool IsUnused => !_hadRequest && Reason is null;

    /// <summary>
    /// One sentence about what was refused that became no request of its own; null when nothing was.
    /// </summary>
    public string? Reason
    {
        get
        {
            var streams = Volatile.Read(ref _refusedStreams);
            return _connectionError is not Http2Error.NoError ? $"The connection broke HTTP/2 and was ended with {Name(_connectionError)} (RFC 9113, section 7)"
                : streams > 0 ? $"{streams} streams were no requests and were refused, the last one with {Name(_streamError)} (RFC 9113, section 8.1.1)"
                : null;
        }
    }

    /// <summary>The application starts on a stream's request: what goes wrong with it belongs to that request's flow.</summary>
    public void Enter(int stream)
    {
        _hadRequest = true;
        _requests[stream] = false;
    }

    /// <summary>True when a request's stream broke the protocol.</summary>
    public bool Broke(int stream) => _requests.TryGetValue(stream, out var broke) && broke;

    /// <summary>The request's flow is over.</summary>
    public void Leave(int stream) => _requests.TryRemove(stream, out _);

    /// <summary>The proxy writes RST_STREAM.</summary>
    public void OnReset(int stream, Http2Error error)
    {
        if (!IsOfClient(error))
        {
            return;
        }

        if (!_requests.TryUpdate(stream, true, false))
        {
            _streamError = error;
            Interlocked.Increment(ref _refusedStreams);
        }
    }

    /// <summary>The proxy writes GOAWAY.</summary>
    public void OnGoAway(Http2Error error)
    {
        if (IsOfClient(error) || error is Http2Error.StreamClosed or Http2Error.SettingsTimeout)
        {
            _connectionError = error;
        }
    }

    /// <summary>Errors that say that the peer broke the protocol; the others are of the one that writes them, or may be a race.</summary>
    private static bool IsOfClient(Http2Error error) => error is
        Http2Error.ProtocolError or Http2Error.FlowControlError or Http2Error.FrameSizeError or Http2Error.CompressionError
        or Http2Error.EnhanceYourCalm;

    private static string Name(Http2Error error) => error switch
    {
        Http2Error.ProtocolError => "PROTOCOL_ERROR",
        Http2Error.FlowControlError => "FLOW_CONTROL_ERROR",
        Http2Error.SettingsTimeout => "SETTINGS_TIMEOUT",
        Http2Error.StreamClosed => "STREAM_CLOSED",
        Http2Error.FrameSizeError => "FRAME_SIZE_ERROR",
        Http2Error.CompressionError => "COMPRESSION_ERROR",
        Http2Error.EnhanceYourCalm => "ENHANCE_YOUR_CALM",
        _ => error.ToString(),
    };
}

/// <summary>Error codes of RFC 9113, section 7.</summary>
internal enum Http2Error
{
    NoError = 0,
    ProtocolError = 1,
    InternalError = 2,
    FlowControlError = 3,
    SettingsTimeout = 4,
    StreamClosed = 5,
    FrameSizeError = 6,
    RefusedStream = 7,
    Cancel = 8,
    CompressionError = 9,
    EnhanceYourCalm = 11,
}
