namespace TrafficAudit.Classification.Correlation;

/// <summary>What stood in one place so far: one value in each launch, or it would not be followed any more.</summary>
internal sealed class PlaceHistory(CorrelationPlace place)
{
    public CorrelationPlace Place => place;

    public List<Sighting> Sightings { get; } = [];

    /// <summary>Whether every value looks generated.</summary>
    public bool IsGenerated { get; set; } = true;

    /// <summary>The longest value, in characters or bytes.</summary>
    public int Length { get; set; }
}

/// <summary>The value of one place in one launch.</summary>
internal sealed class Sighting
{
    public required int Launch { get; init; }

    /// <summary>A keyed digest of the value.</summary>
    public required UInt128 Value { get; init; }

    /// <summary>The value, masked.</summary>
    public required string Shown { get; init; }

    public required long FirstFlow { get; set; }

    public required DateTimeOffset First { get; set; }

    public required DateTimeOffset Last { get; set; }

    /// <summary>In how many flows it stood.</summary>
    public long Flows { get; private set; }

    private long LastFlow { get; set; }

    public void Note(long flow, DateTimeOffset time)
    {
        if (flow != LastFlow)
        {
            Flows++;
            LastFlow = flow;
        }

        if (time < First)
        {
            (First, FirstFlow) = (time, flow);
        }

        Last = time > Last ? time : Last;
    }
}
