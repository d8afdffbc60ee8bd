using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Review.Api;

namespace TrafficAudit.Review;

/// <summary>Carries out what the API and the command line are told of decisions, and says in lines for people what came of it.</summary>
/// <param name="decisions">Where decisions are made.</param>
public sealed class DecisionWording(IDecisionSource decisions)
{
    /// <summary>Decides, and makes rules of it where that is asked for.</summary>
    /// <exception cref="RejectedRequestException">As of <see cref="IDecisionSource.DecideAsync"/>.</exception>
    public async Task<string> DecideAsync(DecisionMessage sent, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sent);
        var by = NameOf(sent.By);
        var request = sent.Request ?? throw new RejectedRequestException("\"request\" is missing.");
        if (sent.MakeRule && request is not { Outcome: Outcome.Rejected, Findings.IsDefaultOrEmpty: false })
        {
            throw new RejectedRequestException("Only the rejection of a finding that is named can be made a rule.");
        }

        var decision = await decisions.DecideAsync(request, by, cancellation);
        var lines = new List<string> { $"Decision {decision.Id}: {Count(decision.Subjects.OfType<FindingSubject>().Count(), "finding")}, {Count(decision.Subjects.OfType<TransferSubject>().Count(), "transfer")}" };
        foreach (var finding in sent.MakeRule ? decision.Subjects.OfType<FindingSubject>() : [])
        {
            lines.Add(await decisions.MakeRuleAsync(finding, by, cancellation));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Takes a decision back.</summary>
    /// <exception cref="RejectedRequestException">As of <see cref="IDecisionSource.UndoAsync"/>.</exception>
    public async Task<string> UndoAsync(string id, ByMessage sent, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sent);
        await decisions.UndoAsync(id, NameOf(sent.By), cancellation);
        return $"Undone: {id}";
    }

    /// <summary>Says how many reviewers must agree.</summary>
    /// <exception cref="RejectedRequestException">As of <see cref="IDecisionSource.RequireReviewersAsync"/>.</exception>
    public async Task<string> RequireReviewersAsync(ReviewersMessage sent, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sent);
        await decisions.RequireReviewersAsync(sent.Reviewers, NameOf(sent.By), cancellation);
        return sent.Reviewers == 2 ? "Two reviewers must say the same from now on" : "One reviewer decides from now on";
    }

    private static string NameOf(string? by) =>
        string.IsNullOrWhiteSpace(by) ? throw new RejectedRequestException("Say who decides: \"by\" is missing.") : by.Trim();

    private static string Count(int number, string one) => number == 1 ? $"1 {one}" : $"{number} {one}s";
}
