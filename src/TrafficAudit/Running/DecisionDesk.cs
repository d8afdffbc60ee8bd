using System.Collections.Immutable;
using System.Text.Json.Nodes;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Evidence;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Review;

namespace TrafficAudit.Running;

/// <summary>
/// Takes decisions on a case that this process has open: checks them, journals them, and only then lets them count. One at a time, so that what was checked still holds when
/// it is journalled.
/// </summary>
/// <param name="book">What was decided so far.</param>
/// <param name="subjects">Finds what is meant.</param>
/// <param name="rules">Makes rejections rules of the lab.</param>
/// <param name="journal">Notes something in the case; completes when it is on the disk.</param>
/// <param name="changed">Told after each change.</param>
/// <param name="time">The clock.</param>
internal sealed class DecisionDesk(
    DecisionBook book, SubjectFinder subjects, LabRules rules, Func<string, JsonNode, CancellationToken, Task> journal, Action changed, TimeProvider time) : IDecisionSource, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public DecisionBook Book => book;

    public void Dispose() => _turn.Dispose();

    public async Task<Decision> DecideAsync(DecisionRequest request, string by, CancellationToken cancellation)
    {
        var found = await subjects.FindAsync(request, cancellation);
        var decision = new Decision(NewId(), time.GetUtcNow(), by.Trim())
        {
            Subjects = [.. found],
            Outcome = request.Outcome,
            Reason = request.Reason?.Trim(),
            Comment = request.Comment?.Trim().ReplaceLineEndings("\n"),
            Tags = Trimmed(request.Tags),
            Untags = Trimmed(request.Untags),
            Assignee = request.Assignee?.Trim(),
        };
        await RecordAsync(decision, cancellation);
        return decision;
    }

    public Task UndoAsync(string id, string by, CancellationToken cancellation) =>
        RecordAsync(new Decision(NewId(), time.GetUtcNow(), by.Trim()) { Undoes = id }, cancellation);

    public Task RequireReviewersAsync(int reviewers, string by, CancellationToken cancellation) => InTurnAsync(
        async () =>
        {
            if (reviewers is not (1 or 2))
            {
                throw new RejectedRequestException("One or two reviewers can be asked for.");
            }

            await journal(JournalKinds.ReviewersRequired, new JsonObject { ["reviewers"] = reviewers, ["by"] = by }, cancellation);
            book.Require(reviewers);
        },
        cancellation);

    public async Task<string> MakeRuleAsync(FindingSubject finding, string by, CancellationToken cancellation)
    {
        var told = "";
        await InTurnAsync(
            async () =>
            {
                var rejection = book.HistoryOf(finding).LastOrDefault(e => e is { IsInForce: true, Decision.Outcome: Outcome.Rejected });
                if (rejection is null || book.Of(finding).State != DecisionState.Rejected)
                {
                    throw new RejectedRequestException("Only what is rejected can be kept away by a rule; reject it first.");
                }

                var rule = rules.Make(finding, subjects.FlowOf(finding), rejection.Decision);
                await journal(
                    JournalKinds.RuleMade,
                    new JsonObject { ["rule"] = rule.Id, ["by"] = by, ["decision"] = rejection.Decision.Id, ["file"] = rule.File, ["sha256"] = rule.Sha256 },
                    cancellation);
                told = $"Rule {rule.Id} in {rule.File}: '{finding.Item}' is not found in that place any more, in flows from now on; 'analyze' applies it to those before.";
            },
            cancellation);
        return told;
    }

    private Task RecordAsync(Decision decision, CancellationToken cancellation) => InTurnAsync(
        async () =>
        {
            DecisionCheck.Throw(decision);
            if (decision.Undoes is { } id && book.WhyNotUndone(id) is { } fault)
            {
                throw new DecisionException(fault);
            }

            foreach (var record in DecisionFormat.Write(decision))
            {
                // Half a decision is no use to anybody: once begun it is written whole.
                await journal(JournalKinds.Decision, record, CancellationToken.None);
            }

            book.Add(decision);
        },
        cancellation);

    private async Task InTurnAsync(Func<Task> act, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await act();
        }
        catch (DecisionException e)
        {
            throw new RejectedRequestException($"This can't be decided: {e.Message}.", e);
        }
        finally
        {
            _turn.Release();
        }

        changed();
    }

    private static ImmutableArray<string> Trimmed(ImmutableArray<string> texts) =>
        [.. texts.Select(t => t?.Trim() ?? "").Distinct(StringComparer.Ordinal)];

    private static string NewId() => Guid.CreateVersion7().ToString("N");
}
