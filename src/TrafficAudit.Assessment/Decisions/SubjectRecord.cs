using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Assessment.Decisions;

/// <summary>
/// All that was said about one subject, and what it comes to. With one reviewer the last word counts. With two, each one's last word stands until somebody reopens
/// the subject, and both must say the same. Under the book's lock.
/// </summary>
internal sealed class SubjectRecord(Subject subject)
{
    private readonly List<RecordedDecision> _decisions = [];

    public Subject Subject => subject;

    public IReadOnlyList<RecordedDecision> Decisions => _decisions;

    /// <summary>False when there is no room for it.</summary>
    public bool TryAdd(RecordedDecision decision)
    {
        if (_decisions.Count >= DecisionLimits.DecisionsOnSubject)
        {
            return false;
        }

        _decisions.Add(decision);
        return true;
    }

    /// <summary>What the decisions that are in force come to.</summary>
    public Judgement Judge(int reviewers)
    {
        var votes = new List<(string By, Outcome Outcome, string? Reason)>();
        var tags = new SortedSet<string>(StringComparer.Ordinal);
        string? assignee = null;
        var comments = 0;
        foreach (var decision in _decisions.Where(d => d.UndoneBy is null).Select(d => d.Decision))
        {
            Vote(votes, decision, reviewers);
            tags.UnionWith(decision.Tags.Take(DecisionLimits.Tags - tags.Count));
            tags.ExceptWith(decision.Untags);
            assignee = decision.Assignee is { } name ? name.Length == 0 ? null : name : assignee;
            comments += decision.Comment is null ? 0 : 1;
        }

        var state = StateOf(votes, reviewers);
        var reason = votes.FindLast(v => v.Outcome == Outcome.Rejected).Reason;
        return new Judgement(state, reason, [.. votes.Select(v => v.By)], assignee, [.. tags], comments);
    }

    private static void Vote(List<(string By, Outcome Outcome, string? Reason)> votes, Decision decision, int reviewers)
    {
        switch (decision.Outcome)
        {
            case null:
                return;
            case Outcome.Reopened:
                votes.Clear();
                return;
        }

        var vote = (decision.By, decision.Outcome.Value, decision.Reason);
        var at = reviewers == 1 ? -1 : votes.FindIndex(v => IsSame(v.By, decision.By));
        if (at >= 0)
        {
            votes[at] = vote;
            return;
        }

        if (reviewers == 1)
        {
            votes.Clear();
        }

        votes.Add(vote);
    }

    private static DecisionState StateOf(List<(string By, Outcome Outcome, string? Reason)> votes, int reviewers) => votes switch
    {
        [] => DecisionState.Open,
        [var first, ..] when votes.Exists(v => v.Outcome != first.Outcome) => DecisionState.Contested,
        _ when votes.Count < reviewers => DecisionState.AwaitingSecond,
        [var first, ..] => first.Outcome == Outcome.Confirmed ? DecisionState.Confirmed : DecisionState.Rejected,
    };

    /// <summary>"kim" is no second person beside "Kim".</summary>
    private static bool IsSame(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
