using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TrafficAudit.Model;

namespace TrafficAudit.Assessment.Decisions;

/// <summary>A decision, or a part of one, as its journal record has it: what says nothing is left out.</summary>
internal sealed record StoredDecision
{
    public string? Id { get; init; }

    public string? By { get; init; }

    public Outcome? Outcome { get; init; }

    public string? Reason { get; init; }

    public string? Comment { get; init; }

    public ImmutableArray<string>? Tags { get; init; }

    public ImmutableArray<string>? Untags { get; init; }

    public string? Assignee { get; init; }

    public string? Undoes { get; init; }

    public ImmutableArray<StoredSubject>? Subjects { get; init; }
}

/// <summary>A subject: with a flow it is a finding, with a recipient a transfer.</summary>
internal sealed record StoredSubject
{
    public long? Flow { get; init; }

    public string? Item { get; init; }

    public MessageKind? Message { get; init; }

    public MessagePart? Part { get; init; }

    public string? Path { get; init; }

    public ImmutableArray<string>? Decodings { get; init; }

    public string? Recipient { get; init; }

    public string? Country { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredDecision))]
internal sealed partial class DecisionJson : JsonSerializerContext;
