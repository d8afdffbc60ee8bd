namespace TrafficAudit.Capture.Recording;

/// <summary>The recording that flows belong to while it runs.</summary>
/// <param name="id">The session's id in its case.</param>
public sealed class RecordingSession(string id)
{
    private volatile string? _phase;

    /// <summary>The session's id in its case.</summary>
    public string Id { get; } = id;

    /// <summary>The phase that flows which start now are in; null before one was set. Any thread may set it.</summary>
    public string? Phase
    {
        get => _phase;
        set => _phase = value;
    }
}
