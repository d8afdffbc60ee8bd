namespace TrafficAudit.Index.Filtering;

/// <summary>
/// What a filter asks of what a flow's messages hold when they are decoded. The index can't say: whoever reads the evidence answers, and gives the
/// answers to <see cref="FlowFilter.WithAnswers"/>. Immutable; any thread may use it.
/// </summary>
public abstract class ContentQuestion
{
    private protected ContentQuestion(int position) => Position = position;

    /// <summary>Where in the filter its first value stands, from 1.</summary>
    internal int Position { get; }
}
