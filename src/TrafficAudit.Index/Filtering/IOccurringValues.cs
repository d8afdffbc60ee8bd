namespace TrafficAudit.Index.Filtering;

/// <summary>Says which values flows have.</summary>
public interface IOccurringValues
{
    /// <summary>The values that occur, those of most flows first.</summary>
    /// <param name="column">Values of what.</param>
    /// <param name="pattern">Which values: <c>*</c> stands for any run of characters, case does not matter.</param>
    /// <param name="limit">How many at most, from 1.</param>
    IReadOnlyList<OccurringValue> Occurring(FilterColumn column, string pattern, int limit);
}

/// <summary>A value that flows have.</summary>
/// <param name="Value">The value; never empty.</param>
/// <param name="Flows">How many flows have it.</param>
public sealed record OccurringValue(string Value, long Flows);
