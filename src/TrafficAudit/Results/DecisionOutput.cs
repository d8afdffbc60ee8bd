using System.Collections.Immutable;
using System.Globalization;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;
using TrafficAudit.Review.Results;

namespace TrafficAudit.Results;

/// <summary>Writes what <c>decisions</c> prints: every decision, newest first, those that were taken back with who did it.</summary>
internal static class DecisionOutput
{
    private const int MaximumTableRows = 1000;
    private const int MostNamed = 3;

    private static readonly string[] Columns = ["Id", "Time", "By", "Decision", "On", "Comment", "Tags", "Assigned", "Undone"];

    public static Task WriteAsync(Stream output, ResultRequest request, DecisionBook decisions, CancellationToken cancellation)
    {
        var entries = decisions.Newest(int.MaxValue);
        return request.Format == "json"
            ? JsonArrayOutput.WriteArrayAsync(output, entries.Select(DecisionResult.Of).ToAsyncEnumerable(), ResultJson.Default.DecisionResult, cancellation)
            : TableOutput.WriteAsync(
                output, request.Width, Columns, entries.Select(Cells).ToAsyncEnumerable(), MaximumTableRows,
                decisions.Reviewers == 2 ? "Two reviewers must say the same in this case." : "One reviewer decides in this case.", cancellation);
    }

    private static string[] Cells(DecisionEntry entry)
    {
        var d = entry.Decision;
        return
        [
            d.Id, Clock(d.Time), d.By,
            d.Undoes is { } id ? $"undo of {id}" : d.Outcome is not { } outcome ? "" : d.Reason is null ? Token.Of(outcome) : $"{Token.Of(outcome)}: {d.Reason}",
            On(d.Subjects), d.Comment ?? "", string.Join(' ', d.Tags.Concat(d.Untags.Select(t => $"-{t}"))), d.Assignee ?? "",
            entry.UndoneBy is { } undo ? $"{Clock(undo.Time)} by {undo.By}" : "",
        ];
    }

    private static string On(ImmutableArray<Subject> subjects)
    {
        var named = string.Join("; ", subjects.Take(MostNamed).Select(Name));
        return subjects.Length > MostNamed ? $"{named} and {subjects.Length - MostNamed} more" : named;
    }

    private static string Name(Subject subject) => subject switch
    {
        FindingSubject f => $"#{f.Flow} {f.Item} {Token.Of(f.Message)} {Token.Of(f.Part)} {f.Path}".TrimEnd(),
        TransferSubject t => $"{t.Item} to {t.Recipient}, {t.Country ?? "?"}",
        _ => "",
    };

    private static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
