using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrafficAudit.Model;

namespace TrafficAudit.Assessment.Decisions;

/// <summary>
/// Decisions as journal records: <c>{"id": …, "by": …, "outcome": "rejected", "reason": "false_positive", "subjects": [{"flow": 12, "item": "email", "message": …,
/// "part": …, "path": …, "decodings": […]}, {"item": …, "recipient": …, "country": …}]}</c>; when is the record's own time. No value of a finding is in it.
/// </summary>
public static class DecisionFormat
{
    /// <summary>The records of a decision: one, or as many as its subjects need.</summary>
    public static IEnumerable<JsonNode> Write(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var stored = new StoredDecision
        {
            Id = decision.Id,
            By = decision.By,
            Outcome = decision.Outcome,
            Reason = decision.Reason,
            Comment = decision.Comment,
            Tags = OrNull(decision.Tags),
            Untags = OrNull(decision.Untags),
            Assignee = decision.Assignee,
            Undoes = decision.Undoes,
        };
        return decision.Subjects.IsEmpty
            ? [Node(stored)]
            : decision.Subjects.Chunk(DecisionLimits.SubjectsInRecord).Select(part => Node(stored with { Subjects = [.. part.Select(Store)] }));
    }

    /// <summary>Reads a record.</summary>
    /// <param name="content">What it holds.</param>
    /// <param name="time">Its time.</param>
    /// <exception cref="DecisionException">It is no decision, or beyond a bound; the message says why.</exception>
    public static Decision Read(JsonElement content, DateTimeOffset time)
    {
        try
        {
            return Of(content.Deserialize(DecisionJson.Default.StoredDecision) ?? throw new DecisionException("the record is empty"), time);
        }
        catch (JsonException e)
        {
            throw new DecisionException($"the record is no decision: {e.Path ?? "$"} can't be read");
        }
    }

    private static Decision Of(StoredDecision stored, DateTimeOffset time)
    {
        var decision = new Decision(stored.Id ?? "", time, stored.By ?? "")
        {
            Outcome = stored.Outcome,
            Reason = stored.Reason,
            Comment = stored.Comment,
            Tags = Items(stored.Tags),
            Untags = Items(stored.Untags),
            Assignee = stored.Assignee,
            Undoes = stored.Undoes,
            Subjects = stored.Subjects is not { IsDefault: false } subjects ? []
                : subjects.Length <= DecisionLimits.SubjectsInRecord ? [.. subjects.Select(Subject)]
                : throw new DecisionException($"a record names at most {DecisionLimits.SubjectsInRecord} subjects"),
        };
        DecisionCheck.Throw(decision);
        return decision;
    }

    private static Subject Subject(StoredSubject? stored) => stored switch
    {
        { Flow: { } flow, Item: { } item, Message: { } message, Part: { } part, Path: { } path } =>
            new FindingSubject(flow, item, message, part, path, Items(stored.Decodings)),
        { Flow: null, Item: { } item, Recipient: { } recipient } => new TransferSubject(item, recipient, stored.Country),
        _ => throw new DecisionException("a subject is neither a finding nor a transfer"),
    };

    private static StoredSubject Store(Subject subject) => subject switch
    {
        FindingSubject f => new StoredSubject { Flow = f.Flow, Item = f.Item, Message = f.Message, Part = f.Part, Path = f.Path, Decodings = OrNull(f.Decodings) },
        TransferSubject t => new StoredSubject { Item = t.Item, Recipient = t.Recipient, Country = t.Country },
        _ => throw new ArgumentOutOfRangeException(nameof(subject), subject.GetType().Name, "no such subject"),
    };

    private static JsonNode Node(StoredDecision stored) => JsonSerializer.SerializeToNode(stored, DecisionJson.Default.StoredDecision)!;

    private static ImmutableArray<string>? OrNull(ImmutableArray<string> texts) => texts.IsEmpty ? null : texts;

    private static ImmutableArray<string> Items(ImmutableArray<string>? texts) =>
        texts is not { IsDefault: false } items ? []
        : items.Length > DecisionLimits.Label || items.Any(t => t is null) ? throw new DecisionException("a list of texts is too long, or holds no texts")
        : items;
}
