using System.Collections.Immutable;

namespace TrafficAudit.Model;

/// <summary>Where the judging of a finding or a transfer stands.</summary>
/// <param name="State">What was decided.</param>
/// <param name="Reason">Why it was rejected: a token (<c>false_positive</c>) or a reviewer's own words; null where it was not.</param>
/// <param name="By">Whose decisions stand, in the order in which they first decided.</param>
/// <param name="Assignee">Who is to decide; null when nobody was named.</param>
/// <param name="Tags">Labels, sorted.</param>
/// <param name="Comments">How many comments were made.</param>
public sealed record Judgement(
    DecisionState State, string? Reason, ImmutableArray<string> By, string? Assignee, ImmutableArray<string> Tags, int Comments)
{
    /// <summary>Of what nobody has said anything about.</summary>
    public static Judgement Open { get; } = new(DecisionState.Open, null, [], null, [], 0);
}
