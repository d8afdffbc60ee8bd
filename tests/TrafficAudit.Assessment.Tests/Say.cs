using System.Collections.Immutable;
using System.Globalization;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Assessment.Tests;

/// <summary>Invented decisions.</summary>
internal static class Say
{
    public static FindingSubject Email { get; } = Finding(12);

    public static TransferSubject Transfer { get; } = new("email", "Ads Example", "US");

    public static FindingSubject Finding(long flow, string path = "user.email") =>
        new(flow, "email", MessageKind.Request, MessagePart.Body, path, ["json"]);

    public static string Id(int number) => number.ToString("x32", CultureInfo.InvariantCulture);

    public static Decision Confirmed(int id, string by, params ImmutableArray<Subject> subjects) => Of(id, by, subjects) with { Outcome = Outcome.Confirmed };

    public static Decision Rejected(int id, string by, params ImmutableArray<Subject> subjects) =>
        Of(id, by, subjects) with { Outcome = Outcome.Rejected, Reason = "false_positive" };

    public static Decision Reopened(int id, string by, params ImmutableArray<Subject> subjects) => Of(id, by, subjects) with { Outcome = Outcome.Reopened };

    public static Decision Undone(int id, string by, int undoes) => Of(id, by, []) with { Undoes = Id(undoes) };

    public static Decision Of(int id, string by, ImmutableArray<Subject> subjects) => new(Id(id), Some.Time.AddSeconds(id), by) { Subjects = subjects };

    public static DecisionBook Book(int reviewers, params IEnumerable<Decision> decisions)
    {
        var book = new DecisionBook();
        book.Require(reviewers);
        foreach (var decision in decisions)
        {
            book.Add(decision);
        }

        return book;
    }
}
