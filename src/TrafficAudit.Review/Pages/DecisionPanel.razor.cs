using Microsoft.AspNetCore.Components;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Pages;

/// <summary>Judges one finding or transfer: what was said of it, and what can be said.</summary>
public sealed partial class DecisionPanel : ComponentBase
{
    private string _comment = "";
    private string _reason = Token.Of(RejectionReason.FalsePositive);
    private string _tag = "";
    private string _assignee = "";
    private string? _problem;
    private string _told = "";

    /// <summary>Where decisions are made.</summary>
    [Parameter, EditorRequired]
    public IDecisionSource Decisions { get; set; } = null!;

    /// <summary>What is judged.</summary>
    [Parameter, EditorRequired]
    public Subject Subject { get; set; } = null!;

    [CascadingParameter]
    private Person? Person { get; set; }

    private bool MayJudge => Person?.MayJudge == true;

    private Judgement Judgement => Decisions.Book.Of(Subject);

    private DecisionRequest Request => Naming.Request([Subject]);

    private Task SayAsync(Outcome? outcome) => DecideAsync(Request with { Outcome = outcome, Reason = outcome == Outcome.Rejected ? _reason : null });

    private Task TagAsync() => DecideAsync(Request with { Tags = [_tag] });

    private Task UntagAsync(string tag) => DecideAsync(Request with { Untags = [tag] });

    private Task AssignAsync() => DecideAsync(Request with { Assignee = _assignee });

    private Task UndoAsync(string id) => TryAsync(by => Decisions.UndoAsync(id, by, CancellationToken.None));

    private Task MakeRuleAsync(FindingSubject finding) => TryAsync(async by => _told = await Decisions.MakeRuleAsync(finding, by, CancellationToken.None));

    private Task DecideAsync(DecisionRequest request) => TryAsync(async by =>
    {
        var comment = _comment.Trim().Length == 0 ? null : _comment;
        await Decisions.DecideAsync(request with { Comment = comment }, by, CancellationToken.None);
        (_comment, _tag, _assignee) = ("", "", "");
    });

    /// <summary>What is begun is finished even when the page is left meanwhile.</summary>
    private async Task TryAsync(Func<string, Task> act)
    {
        _told = "";
        try
        {
            if (MayJudge)
            {
                await act(Person!.Name);
            }

            _problem = null;
        }
        catch (RejectedRequestException e)
        {
            _problem = e.Message;
        }
        catch (IOException e)
        {
            _problem = e.Message;
        }
    }
}
