using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Review.Tests;

/// <summary>Decisions in memory: the real book, and no journal. What is named is taken to be there.</summary>
internal sealed class FakeDecisions(Action changed) : IDecisionSource
{
    private int _count;

    public DecisionBook Book { get; } = new();

    /// <summary>What was asked for, in its order.</summary>
    public List<DecisionRequest> Requests { get; } = [];

    /// <summary>Rules made.</summary>
    public List<FindingSubject> Rules { get; } = [];

    public Task<Decision> DecideAsync(DecisionRequest request, string by, CancellationToken cancellation)
    {
        Requests.Add(request);
        var decision = New(by) with
        {
            Subjects =
            [
                .. request.Findings.Select(f => new FindingSubject(f.Flow, f.Item, f.Message!.Value, f.Part!.Value, f.Path!, ["percent"])),
                .. request.Transfers.Select(t => new TransferSubject(t.Item, t.Recipient, t.Country)),
            ],
            Outcome = request.Outcome,
            Reason = request.Reason,
            Comment = request.Comment,
            Tags = request.Tags,
            Untags = request.Untags,
            Assignee = request.Assignee,
        };
        Add(decision);
        return Task.FromResult(decision);
    }

    public Task UndoAsync(string id, string by, CancellationToken cancellation)
    {
        Add(New(by) with { Undoes = id });
        return Task.CompletedTask;
    }

    public Task RequireReviewersAsync(int reviewers, string by, CancellationToken cancellation)
    {
        Book.Require(reviewers);
        changed();
        return Task.CompletedTask;
    }

    public Task<string> MakeRuleAsync(FindingSubject finding, string by, CancellationToken cancellation)
    {
        Rules.Add(finding);
        return Task.FromResult("Rule made");
    }

    private Decision New(string by) => new((++_count).ToString("x32", System.Globalization.CultureInfo.InvariantCulture), Some.Time, by);

    private void Add(Decision decision)
    {
        try
        {
            Book.Add(decision);
        }
        catch (DecisionException e)
        {
            throw new RejectedRequestException(e.Message, e);
        }

        changed();
    }
}
