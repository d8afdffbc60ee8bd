namespace TrafficAudit.Capture.Recording;

/// <summary>What one device sends while a recording runs. Any thread may use it.</summary>
public sealed class RecordingSession
{
    // A phase is set by a person; what is older than the last ones is no flow's beginning any more.
    private const int MostPhases = 1000;

    private readonly Lock _phaseLock = new();
    private readonly Queue<(DateTimeOffset Since, string? Name)> _phases = new();
    private readonly Lazy<Task> _beginning;
    private volatile string? _phase;

    internal RecordingSession(string id, string? device, DateTimeOffset began, string? phase, SessionDescription? description, Func<RecordingSession, Task> journal)
    {
        Id = id;
        Device = device;
        Description = description;
        _phase = phase;
        Began = began;
        _phases.Enqueue((DateTimeOffset.MinValue, phase));
        _beginning = new Lazy<Task>(() => journal(this));
    }

    /// <summary>The session's id: unique in its case, and readable (<c>s20260102T030405Z-1</c>: when it began, and the how many-eth of its run).</summary>
    public string Id { get; }

    /// <summary>The device's id; null for the clients that are not paired, who share one session.</summary>
    public string? Device { get; }

    /// <summary>When it began, in UTC.</summary>
    public DateTimeOffset Began { get; }

    /// <summary>What is tested in it; null for the time between sessions.</summary>
    public SessionDescription? Description { get; }

    /// <summary>Whether its beginning is in the journal, or on its way there.</summary>
    public bool HasBegun => _beginning.IsValueCreated;

    /// <summary>The phase now; null before one was set.</summary>
    public string? Phase => _phase;

    /// <summary>The phase that a flow is in which started then.</summary>
    public string? PhaseAt(DateTimeOffset time)
    {
        lock (_phaseLock)
        {
            return _phases.LastOrDefault(p => p.Since <= time).Name;
        }
    }

    /// <summary>Completes when the session's beginning is in the journal. The first call puts it there, all others wait for that.</summary>
    /// <exception cref="IOException">The evidence can't be written.</exception>
    public Task BeginAsync() => _beginning.Value;

    internal void SetPhase(string phase, DateTimeOffset now)
    {
        lock (_phaseLock)
        {
            _phase = phase;
            _phases.Enqueue((now, phase));
            if (_phases.Count > MostPhases)
            {
                _phases.Dequeue();
            }
        }
    }
}
