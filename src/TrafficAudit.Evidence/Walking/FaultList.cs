namespace TrafficAudit.Evidence.Walking;

/// <summary>
/// The faults that were found. Any thread may add to it. Beyond the bound they are only counted: a case that holds nothing but faults must not fill
/// the memory.
/// </summary>
internal sealed class FaultList
{
    private const int Most = 1000;

    private readonly Lock _listLock = new();
    private readonly List<Fault> _faults = [];

    /// <summary>How many there are, those that are only counted among them.</summary>
    public long Count { get; private set; }

    /// <summary>Those that were kept, by file and offset.</summary>
    public IReadOnlyList<Fault> Sorted()
    {
        lock (_listLock)
        {
            return [.. _faults.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Offset ?? -1)];
        }
    }

    /// <summary>Takes the faults of another list over.</summary>
    public void AddAll(FaultList other)
    {
        foreach (var fault in other.Sorted())
        {
            Add(fault.Kind, fault.File, fault.Offset, fault.Record, fault.Detail);
        }

        lock (_listLock)
        {
            Count += Math.Max(0, other.Count - Most);
        }
    }

    public void Add(FaultKind kind, string file, long? offset, string? record, string detail)
    {
        lock (_listLock)
        {
            Count++;
            if (_faults.Count < Most)
            {
                _faults.Add(new Fault(kind, file, offset, record, detail));
            }
        }
    }
}
