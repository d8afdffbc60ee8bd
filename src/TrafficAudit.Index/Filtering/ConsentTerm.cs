using TrafficAudit.Model;

namespace TrafficAudit.Index.Filtering;

/// <summary>
/// The flow started before the user had answered the question for consent, or after. Before is what is labelled so, and whatever started before the first flow
/// of its session that is labelled <c>consented</c>, <c>refused</c> or <c>withdrawn</c>. A flow of a session that says nothing of an answer is neither.
/// </summary>
/// <param name="patterns">Which of the two.</param>
/// <param name="answers">When the first flow after the answer started, by session.</param>
internal sealed class ConsentTerm(TextPatterns patterns, IReadOnlyDictionary<string, DateTimeOffset> answers) : FilterNode
{
    public const string Before = "before";
    public const string After = "after";

    public override bool Holds(IFlowFacts flow, bool all) => When(flow) is { } when && patterns.Matches(when);

    private string? When(IFlowFacts flow)
    {
        if (flow.Phase == PhaseLabel.BeforeConsent)
        {
            return Before;
        }

        if (flow.Session is { } session && answers.TryGetValue(session, out var answered))
        {
            return flow.Time < answered.UtcDateTime ? Before : After;
        }

        return PhaseLabel.IsAnswer(flow.Phase) ? After : null;
    }
}
