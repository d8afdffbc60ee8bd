namespace TrafficAudit.Review;

/// <summary>A filter that can't be understood.</summary>
/// <param name="message">One sentence for people that names the position.</param>
/// <param name="position">Where in the filter the fault is, in UTF-16 units, from 1.</param>
/// <param name="innerException">What lies behind.</param>
public sealed class RejectedFilterException(string message, int position, Exception innerException) : RejectedRequestException(message, innerException)
{
    /// <summary>Where in the filter the fault is, in UTF-16 units, from 1.</summary>
    public int Position { get; } = position;
}
