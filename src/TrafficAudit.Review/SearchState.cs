namespace TrafficAudit.Review;

/// <summary>Whether a search goes on.</summary>
public enum SearchState
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>Every flow was looked at.</summary>
    Done,

    /// <summary>Somebody ended it.</summary>
    Cancelled,

    /// <summary>The evidence or the index could not be read any more.</summary>
    Failed,
}
