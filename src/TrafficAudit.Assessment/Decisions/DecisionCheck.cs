namespace TrafficAudit.Assessment.Decisions;

/// <summary>What every decision must hold to, whether it is being made or stands in a journal.</summary>
public static class DecisionCheck
{
    private const int IdLength = 32;

    /// <summary>Finds the first fault in a decision.</summary>
    /// <exception cref="DecisionException">There is one.</exception>
    public static void Throw(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (FaultOf(decision) is { } fault)
        {
            throw new DecisionException(fault);
        }
    }

    private static string? FaultOf(Decision d) =>
        !IsId(d.Id) ? $"a decision's id is {IdLength} hexadecimal digits"
        : !IsLabel(d.By) ? $"who decides is named by 1 to {DecisionLimits.Label} characters, none of them a control character"
        : d.Undoes is not null ? IsId(d.Undoes) && d is { Subjects.IsEmpty: true, Outcome: null } ? null : "an undo names one decision, and decides nothing itself"
        : d.Subjects.IsEmpty ? "it names neither a finding nor a transfer"
        : d.Outcome == Outcome.Rejected != d.Reason is not null ? "a rejection, and nothing else, has a reason"
        : d is { Outcome: null, Comment: null, Assignee: null, Tags.IsEmpty: true, Untags.IsEmpty: true } ? "it says nothing: confirm, reject, reopen, comment, tag or assign"
        : FaultOfTexts(d) ?? d.Subjects.Select(FaultOf).FirstOrDefault(f => f is not null);

    private static string? FaultOfTexts(Decision d) =>
        d.Reason is not null && !IsLabel(d.Reason) ? $"a reason has 1 to {DecisionLimits.Label} characters, none of them a control character"
        : d.Comment is not null && (d.Comment.Trim().Length == 0 || d.Comment.Length > DecisionLimits.Comment || d.Comment.Any(c => char.IsControl(c) && c != '\n'))
            ? $"a comment has 1 to {DecisionLimits.Comment} characters, of control characters line feeds alone"
        : d.Tags.Length > DecisionLimits.Tags || d.Untags.Length > DecisionLimits.Tags ? $"at most {DecisionLimits.Tags} tags at once"
        : !d.Tags.Concat(d.Untags).All(IsLabel) ? $"a tag has 1 to {DecisionLimits.Label} characters, none of them a control character"
        : d.Assignee is { Length: > 0 } && !IsLabel(d.Assignee) ? $"a name has 1 to {DecisionLimits.Label} characters, none of them a control character"
        : null;

    private static string? FaultOf(Subject subject) => subject switch
    {
        FindingSubject f when f.Flow < 1 || !IsName(f.Item) || f.Path.Length > DecisionLimits.Name => "a finding is named by flow, item, message, part and path",
        TransferSubject t when !IsName(t.Item) || t.Recipient.Length > DecisionLimits.Name || t.Country is { Length: not 2 } =>
            "a transfer is named by item, recipient, and a country of two letters or none",
        _ => null,
    };

    private static bool IsId(string id) => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower);

    private static bool IsLabel(string text) => text.Trim().Length > 0 && text.Length <= DecisionLimits.Label && !text.Any(char.IsControl);

    private static bool IsName(string text) => text.Length is > 0 and <= DecisionLimits.Name;
}
