using System.Text.Json.Serialization;
using TrafficAudit.Review.Results;

namespace TrafficAudit.Results;

/// <summary>The one JSON form of results: snake_case; nulls are written, so that every object has every key.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DecisionResult))]
[JsonSerializable(typeof(FindingResult))]
[JsonSerializable(typeof(TransferResult))]
[JsonSerializable(typeof(FlowResult))]
[JsonSerializable(typeof(CoverageRow))]
internal sealed partial class ResultJson : JsonSerializerContext;
