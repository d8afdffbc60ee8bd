using System.Collections.Immutable;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>A decision as <c>decisions --format json</c> has it.</summary>
internal sealed record DecisionHistoryRow(
    string Id, DateTime Time, string By, Outcome? Outcome, string? Reason, string? Comment, ImmutableArray<string> Tags, ImmutableArray<string> Untags,
    string? AssignedTo, string? Undoes, string? UndoneBy, ImmutableArray<DecisionSubjectRow> Subjects)
{
    public static DecisionHistoryRow Of(DecisionEntry entry)
    {
        var d = entry.Decision;
        return new DecisionHistoryRow(
            d.Id, d.Time.UtcDateTime, d.By, d.Outcome, d.Reason, d.Comment, d.Tags, d.Untags, d.Assignee, d.Undoes, entry.UndoneBy?.Id,
            [.. d.Subjects.Select(DecisionSubjectRow.Of)]);
    }
}

/// <summary>What a decision is about: a finding has a flow and a location, a transfer a recipient.</summary>
internal sealed record DecisionSubjectRow(string Item, long? Flow, FindingPlace? Location, string? Recipient, string? Country)
{
    public static DecisionSubjectRow Of(Subject subject) => subject switch
    {
        FindingSubject f => new(f.Item, f.Flow, new FindingPlace(f.Message, f.Part, f.Path, f.Decodings), null, null),
        TransferSubject t => new(t.Item, null, null, t.Recipient, t.Country),
        _ => throw new ArgumentOutOfRangeException(nameof(subject)),
    };
}
