using System.CommandLine;
using System.Globalization;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.CommandLine;
using TrafficAudit.Model;
using TrafficAudit.Review;
using TrafficAudit.Review.Api;
using TrafficAudit.Running;

namespace TrafficAudit.Commands;

/// <summary><c>decide</c>: confirms, rejects, comments, tags or assigns findings and transfers, and takes such decisions back.</summary>
internal sealed class DecideCommand
{
    private readonly Option<string> _case = CommonOptions.Case();
    private readonly Option<long?> _flow = new("--flow") { Description = "Findings of this flow …", HelpName = "N" };
    private readonly Option<string?> _item = Text("--item", "… of this item …", "ITEM");
    private readonly Option<string?> _path = Text("--path", "… at this path; without it anywhere in the flow.", "P");
    private readonly Option<string[]> _transfer = new("--transfer") { Description = "A transfer: item, recipient and country (? where it is unknown).", HelpName = "ITEM RECIPIENT COUNTRY", Arity = new ArgumentArity(3, 3), AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _filter = Text("--filter", "All findings that match, such as 'item:email host:cdn.example.com decision:open'.", "EXPR");
    private readonly Option<string> _of = new("--of") { Description = "What --filter means.", DefaultValueFactory = _ => Token.Of(SubjectKind.Findings) };
    private readonly Option<bool> _confirm = new("--confirm") { Description = "It is as the program says." };
    private readonly Option<string?> _reject = Text("--reject", $"It is not, or does not count: {string.Join(", ", Token.All<RejectionReason>())}, or own words.", "REASON");
    private readonly Option<bool> _reopen = new("--reopen") { Description = "What was decided counts no longer." };
    private readonly Option<bool> _rule = new("--rule") { Description = "With --reject: makes it a rule of the lab, so that the item is not found in that place any more." };
    private readonly Option<string?> _comment = Text("--comment", "A remark.", "T");
    private readonly Option<string[]> _tag = new("--tag") { Description = "A label to put on; may be given again.", HelpName = "T" };
    private readonly Option<string[]> _untag = new("--untag") { Description = "A label to take off; may be given again.", HelpName = "T" };
    private readonly Option<string?> _assign = Text("--assign", "Who is to decide; empty for nobody.", "NAME");
    private readonly Option<string?> _undo = Text("--undo", "Takes a decision back, which stays in the history; 'decisions' lists their ids.", "ID");
    private readonly Option<int?> _reviewers = new("--reviewers") { Description = "How many different people must say the same in this case from now on: 1 or 2.", HelpName = "1|2" };
    private readonly Option<string?> _as = Text("--as", "Who decides. Default: the user of this computer.", "NAME");

    public static Command Create()
    {
        var options = new DecideCommand();
        options._of.AcceptOnlyFromAmong([.. Token.All<SubjectKind>()]);
        var command = new Command("decide", "Confirms or rejects findings and transfers; every decision is kept in the case's journal.")
        {
            options._case, options._flow, options._item, options._path, options._transfer, options._filter, options._of, options._confirm, options._reject, options._reopen,
            options._rule, options._comment, options._tag, options._untag, options._assign, options._undo, options._reviewers, options._as,
        };
        command.SetAction(options.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var by = parsed.GetValue(_as)?.Trim() is { Length: > 0 } name ? name : Environment.UserName;
        var told = new List<string>();
        await using var desk = await DecisionTable.OpenAsync(parsed, parsed.GetValue(_case)!, cancellation);
        if (parsed.GetValue(_reviewers) is { } reviewers)
        {
            told.Add(await desk.RequireReviewersAsync(new ReviewersMessage(reviewers, by), cancellation));
        }

        if (parsed.GetValue(_undo) is { } id)
        {
            told.Add(await desk.UndoAsync(id.Trim(), new ByMessage(by), cancellation));
        }

        var request = Read(parsed);
        if (request is not null)
        {
            told.Add(await desk.DecideAsync(new DecisionMessage(request, by, parsed.GetValue(_rule)), cancellation));
        }

        if (told.Count == 0)
        {
            throw new InputException("Say on what to decide: --flow N --item ITEM, --transfer ITEM RECIPIENT COUNTRY, or --filter EXPR; or --undo ID, or --reviewers 2");
        }

        await Console.Out.WriteLineAsync(string.Join('\n', told));
        return ExitCode.Done;
    }

    /// <summary>What is to be decided; null when nothing is named that it could be about.</summary>
    private DecisionRequest? Read(ParseResult parsed)
    {
        var (flow, item, transfer, filter) = (parsed.GetValue(_flow), parsed.GetValue(_item), parsed.GetValue(_transfer), parsed.GetValue(_filter));
        if (flow is null && item is null && transfer is not { Length: 3 } && filter is null)
        {
            return null;
        }

        if (flow is null != item is null)
        {
            throw new InputException("A finding is named by --flow N and --item ITEM together");
        }

        var country = transfer is { Length: 3 } ? transfer[2].ToUpper(CultureInfo.InvariantCulture) : null;
        return new DecisionRequest
        {
            Findings = flow is { } number ? [new FindingName(number, item!, parsed.GetValue(_path))] : [],
            Transfers = transfer is { Length: 3 } ? [new TransferName(transfer[0], transfer[1], country is "?" or "-" or "" ? null : country)] : [],
            Filter = filter,
            Of = Token.TryParse<SubjectKind>(parsed.GetValue(_of), out var kind) ? kind : SubjectKind.Findings,
            Outcome = OutcomeOf(parsed),
            Reason = parsed.GetValue(_reject),
            Comment = parsed.GetValue(_comment),
            Tags = [.. parsed.GetValue(_tag) ?? []],
            Untags = [.. parsed.GetValue(_untag) ?? []],
            Assignee = parsed.GetValue(_assign),
        };
    }

    private Outcome? OutcomeOf(ParseResult parsed)
    {
        Outcome?[] said =
        [
            parsed.GetValue(_confirm) ? Outcome.Confirmed : null,
            parsed.GetValue(_reject) is not null ? Outcome.Rejected : null,
            parsed.GetValue(_reopen) ? Outcome.Reopened : null,
        ];
        return said.Count(s => s is not null) <= 1
            ? said.FirstOrDefault(s => s is not null)
            : throw new InputException("--confirm, --reject and --reopen contradict each other; give one of them");
    }

    private static Option<string?> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };
}
