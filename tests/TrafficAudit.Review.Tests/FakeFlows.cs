namespace TrafficAudit.Review.Tests;

/// <summary>A list of flows in memory.</summary>
internal sealed class FakeFlows(Func<IReadOnlyList<FlowRow>> now) : IFlowList
{
    private IReadOnlyList<FlowRow> _rows = now();

    public int Count => _rows.Count;

    public bool Update()
    {
        _rows = now();
        return true;
    }

    public int CountFrom(long number) => _rows.Count(r => r.Flow.Number >= number);

    public IReadOnlyList<FlowRow> Rows(int start, int count) => [.. _rows.Skip(start).Take(count)];

    public void Dispose()
    {
    }
}
