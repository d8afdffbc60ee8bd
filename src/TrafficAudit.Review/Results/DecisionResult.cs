using System.Collections.Immutable;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Results;

/// <summary>A decision as <c>decisions --format json</c> has it.</summary>
public sealed record DecisionResult(
    string Id, DateTime Time, string By, Outcome? Outcome, string? Reason, string? Comment, ImmutableArray<string> Tags, ImmutableArray<string> Untags,
    string? AssignedTo, string? Undoes, string? UndoneBy, ImmutableArray<DecisionSubject> Subjects)
{
    public static DecisionResult Of(DecisionEntry entry)
    {
        var d = entry.Decision;
        return new DecisionResult(
            d.Id, d.Time.UtcDateTime, d.By, d.Outcome, d.Reason, d.Comment, d.Tags, d.Untags, d.Assignee, d.Undoes, entry.UndoneBy?.Id,
            [.. d.Subjects.Select(DecisionSubject.Of)]);
    }
}

/// <summary>What a decision is about: a finding has a flow and a location, a transfer a recipient.</summary>
public sealed record DecisionSubject(string Item, long? Flow, FindingPlace? Location, string? Recipient, string? Country)
{
    public static DecisionSubject Of(Subject subject) => subject switch
    {
        FindingSubject f => new(f.Item, f.Flow, new FindingPlace(f.Message, f.Part, f.Path, f.Decodings), null, null),
        TransferSubject t => new(t.Item, null, null, t.Recipient, t.Country),
        _ => throw new ArgumentOutOfRangeException(nameof(subject)),
    };
}
