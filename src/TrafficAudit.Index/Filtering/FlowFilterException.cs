namespace TrafficAudit.Index.Filtering;

/// <summary>A filter that can't be understood. The message is one line that names the position and what may stand there.</summary>
public sealed class FlowFilterException : FormatException
{
    /// <summary>A fault at a position.</summary>
    /// <param name="position">Where in the text, in characters (UTF-16), from 1.</param>
    /// <param name="reason">What is wrong and what is allowed.</param>
    public FlowFilterException(int position, string reason)
        : base($"filter, position {position}: {reason}") => Position = position;

    /// <summary>Where in the text the fault is, in characters (UTF-16), from 1.</summary>
    public int Position { get; }
}
