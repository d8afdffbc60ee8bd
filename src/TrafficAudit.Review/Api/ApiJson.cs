using System.Text.Json.Serialization;

namespace TrafficAudit.Review.Api;

/// <summary>Answer of <c>GET /api/v1/status</c>.</summary>
internal sealed record StatusReply(string Case, long Flows, long Findings, long Failures, int ProcessId, string Version);

/// <summary>Body of <c>POST /api/v1/phase</c>.</summary>
internal sealed record PhaseRequest(string? Name, string? Device);

/// <summary>Body of <c>POST /api/v1/seal</c>.</summary>
internal sealed record SealRequest(string? TimestampAuthority);

/// <summary>Body of <c>POST /api/v1/devices/ID/name</c>.</summary>
internal sealed record DeviceNameRequest(string? Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StatusReply))]
[JsonSerializable(typeof(PhaseRequest))]
[JsonSerializable(typeof(SealRequest))]
[JsonSerializable(typeof(DeviceNameRequest))]
[JsonSerializable(typeof(FlowReply))]
[JsonSerializable(typeof(IReadOnlyList<DeviceRow>))]
[JsonSerializable(typeof(DecisionMessage))]
[JsonSerializable(typeof(ByMessage))]
[JsonSerializable(typeof(ReviewersMessage))]
internal sealed partial class ApiJson : JsonSerializerContext;
