namespace TrafficAudit.Benchmarks.Load;

/// <summary>Whether the load is warming up, measured or ending; all clients read it, the run writes it.</summary>
internal sealed class LoadPhase
{
    private volatile bool _isMeasuring;
    private volatile bool _isEnding;

    public bool IsMeasuring
    {
        get => _isMeasuring;
        set => _isMeasuring = value;
    }

    public bool IsEnding
    {
        get => _isEnding;
        set => _isEnding = value;
    }
}

/// <summary>What one client counts.</summary>
internal sealed class LoadCount(LoadPhase phase)
{
    public LatencyHistogram Measured { get; } = new();

    public long Answered { get; private set; }

    public long Errors { get; private set; }

    public bool IsEnding => phase.IsEnding;

    public void Succeed(long startedAt)
    {
        Answered++;
        if (phase.IsMeasuring)
        {
            Measured.AddSince(startedAt);
        }
    }

    public void Fail(long requests = 1) => Errors += requests;
}
