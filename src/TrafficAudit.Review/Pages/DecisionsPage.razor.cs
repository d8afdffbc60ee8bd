using System.Globalization;
using Microsoft.AspNetCore.Components;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Pages;

/// <summary>Findings or transfers that are to be decided on, one by one or many at once.</summary>
public sealed partial class DecisionsPage
{
    private const string Page = "/decisions";
    private const string Queue = "decision:open,awaiting_second,contested";
    private const int OnAPage = 100;

    private readonly HashSet<Subject> _chosen = [];
    private IReadOnlyList<QueueRow>? _rows;
    private long? _older;
    private string _reason = Token.Of(RejectionReason.FalsePositive);
    private string _label = "";
    private string? _problem;

    /// <summary>What is judged, from the address: <c>findings</c> or <c>transfers</c>.</summary>
    [SupplyParameterFromQuery(Name = "of")]
    public string? Of { get; set; }

    [CascadingParameter]
    private Person? Person { get; set; }

    [Inject]
    private NavigationManager Browser { get; set; } = null!;

    private SubjectKind Kind => Token.TryParse<SubjectKind>(Of, out var kind) ? kind : SubjectKind.Transfers;

    private bool MayJudge => Person?.MayJudge == true;

    /// <summary>The person's last decision that is in force.</summary>
    private DecisionEntry? Last => Source.Decisions?.Book.Newest(OnAPage, Person?.Name).FirstOrDefault(e => e is { IsInForce: true, Decision.Undoes: null });

    private static string Link(SubjectKind kind, string filter) => $"{Page}?of={Token.Of(kind)}&filter={Uri.EscapeDataString(filter)}";

    private void Filtered(string filter)
    {
        if (!TryRefuse(filter))
        {
            Browser.NavigateTo(Link(Kind, filter));
        }
    }

    private protected override async Task LoadAsync(PageAddress address)
    {
        var kind = Kind;

        // Without any filter the queue is meant; "decision:*" is everything.
        var filter = Filter is null ? Queue : address.Filter;
        List<QueueRow> rows;
        long? older = null;
        if (kind == SubjectKind.Transfers)
        {
            rows = [.. (await Source.TransfersAsync(filter, Leaving)).Take(OnAPage).Select(QueueRow.Of)];
        }
        else
        {
            var flows = await Source.FindingsAsync(filter, OnAPage, address.Before, Leaving);
            rows = [.. flows.SelectMany(f => f.Findings.Select(finding => QueueRow.Of(f.Summary, finding))).DistinctBy(r => r.Subject)];
            older = flows.Sum(f => f.Findings.Count) >= OnAPage ? flows[^1].Summary.Number : null;
        }

        if (address == Address && kind == Kind)
        {
            (_rows, _older) = (rows, older);
            _chosen.IntersectWith(rows.Select(r => r.Subject));
        }
    }

    /// <inheritdoc/>
    protected override void Clear()
    {
        _rows = null;
        _chosen.Clear();
    }

    private void Choose(Subject subject)
    {
        if (!_chosen.Remove(subject))
        {
            _chosen.Add(subject);
        }
    }

    private void ChooseAll(ChangeEventArgs chosen)
    {
        _chosen.Clear();
        if (chosen.Value is true)
        {
            _chosen.UnionWith((_rows ?? []).Select(r => r.Subject));
        }
    }

    private Task SayAsync(Outcome outcome) => DecideAsync(r => r with { Outcome = outcome, Reason = outcome == Outcome.Rejected ? _reason : null });

    private Task TagAsync() => DecideAsync(r => r with { Tags = [_label] });

    private Task AssignAsync() => DecideAsync(r => r with { Assignee = _label });

    private Task DecideAsync(Func<DecisionRequest, DecisionRequest> say) => TryAsync(async (decisions, by) =>
    {
        await decisions.DecideAsync(say(Naming.Request(_chosen)), by, CancellationToken.None);
        _chosen.Clear();
        _label = "";
    });

    private Task UndoLastAsync() => Last is { } last ? UndoAsync(last.Decision.Id) : Task.CompletedTask;

    private Task UndoAsync(string id) => TryAsync((decisions, by) => decisions.UndoAsync(id, by, CancellationToken.None));

    private Task ToggleReviewersAsync() => TryAsync((decisions, by) => decisions.RequireReviewersAsync(3 - decisions.Book.Reviewers, by, CancellationToken.None));

    private async Task TryAsync(Func<IDecisionSource, string, Task> act)
    {
        try
        {
            if (MayJudge && Source.Decisions is { } decisions)
            {
                await act(decisions, Person!.Name);
            }

            _problem = null;
            await OnParametersSetAsync();
        }
        catch (Exception e) when (e is RejectedRequestException or IOException)
        {
            _problem = e.Message;
        }
    }

    /// <summary>A row of the queue.</summary>
    private sealed record QueueRow(
        Subject Subject, string Item, string? Link, string LinkText, string Where, string Recipient, string? Country, CountryGrade Grade, bool IsResolvedLater,
        Confidence Confidence, long Rejected, long Findings)
    {
        public static QueueRow Of(Transfer t) => new(
            TransferSubject.Of(t), t.Item, PageAddress.OfTransfer(t), t.Flows.Length.ToString("N0", CultureInfo.CurrentCulture),
            string.Join(", ", t.Hosts.Take(3).Select(h => Display.InertText.Of(h, 80))), t.Recipient, t.Country, t.CountryGrade, t.IsResolvedLater, t.Confidence,
            t.RejectedFindings, t.Findings);

        public static QueueRow Of(FlowSummary flow, Finding finding)
        {
            var subject = FindingSubject.Of(flow.Number, finding);
            return new QueueRow(
                subject, finding.Item, PageAddress.OfFlow(flow.Number), string.Create(CultureInfo.InvariantCulture, $"#{flow.Number}"),
                $"{Token.Of(subject.Message)} {Token.Of(subject.Part)} {Display.InertText.Of(subject.Path, 100)} · {Display.InertText.Of(flow.Host, 80)}",
                flow.Recipient, flow.Country, flow.CountryGrade, flow.IsResolvedLater, finding.Confidence, 0, 0);
        }
    }
}
