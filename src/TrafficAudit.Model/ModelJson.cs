using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>The one JSON form of the model, in evidence and output: snake_case names, enum tokens, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FlowMetadata))]
[JsonSerializable(typeof(FlowSummary))]
[JsonSerializable(typeof(Finding))]
[JsonSerializable(typeof(AnalyzedFlow))]
[JsonSerializable(typeof(Transfer))]
[JsonSerializable(typeof(Persona))]
[JsonSerializable(typeof(AddressLookup))]
[JsonSerializable(typeof(Exemption))]
public sealed partial class ModelJson : JsonSerializerContext;
