using System.Collections.Immutable;

namespace TrafficAudit.Assessment.Decisions;

/// <summary>One thing that a person said about findings and transfers. It is never changed: another decision follows it, or an undo that names it.</summary>
/// <param name="Id">What it is named by: 32 hexadecimal digits.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="By">Who.</param>
public sealed record Decision(string Id, DateTimeOffset Time, string By)
{
    /// <summary>What it is about; empty for an undo.</summary>
    public ImmutableArray<Subject> Subjects { get; init; } = [];

    /// <summary>What it says of them; null when it only comments, tags or assigns.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Why it rejects: a token of <see cref="RejectionReason"/>, or own words; null unless it does.</summary>
    public string? Reason { get; init; }

    /// <summary>A remark; null for none.</summary>
    public string? Comment { get; init; }

    /// <summary>Labels that are put on.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Labels that are taken off.</summary>
    public ImmutableArray<string> Untags { get; init; } = [];

    /// <summary>Who is to decide; empty for nobody any more; null when that stays as it is.</summary>
    public string? Assignee { get; init; }

    /// <summary>The id of the decision that it takes back; null for none.</summary>
    public string? Undoes { get; init; }
}
