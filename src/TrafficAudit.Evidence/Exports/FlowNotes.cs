using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Exports;

/// <summary>What an export says of a flow beside the flow.</summary>
internal sealed record FlowNotes
{
    public ImmutableArray<OriginalRecord> Originals { get; init; } = [];

    public ImmutableArray<Finding> Findings { get; init; } = [];

    public FlowRedaction? Redaction { get; init; }
}

/// <summary>The JSON of exports, as the evidence has it: snake_case, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FlowNotes))]
[JsonSerializable(typeof(ExportInfo))]
[JsonSerializable(typeof(OwnEntry))]
[JsonSerializable(typeof(OwnMessage))]
internal sealed partial class ExportJson : JsonSerializerContext;
