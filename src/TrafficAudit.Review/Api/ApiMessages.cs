using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Api;

/// <summary>Answer of <c>GET /api/v1/status</c>.</summary>
internal sealed record StatusReply(string Case, long Flows, long Findings, long Failures, int ProcessId, string Version);

/// <summary>Answer of <c>GET /api/v1/counters</c>; the last two are null when nothing is being recorded.</summary>
internal sealed record CountersReply(long Flows, long Findings, long Failures, int? ReadPercent, int? Waiting, long? DiskFree)
{
    public static CountersReply Of(ReviewCounters c) => new(c.Flows, c.Findings, c.Failures, c.ReadPercent, c.Recording?.Waiting, c.Recording?.DiskFree);
}

/// <summary>Body of <c>POST /api/v1/phase</c>; the device only for one of several.</summary>
internal sealed record PhaseRequest(string Name, string? Device = null);

/// <summary>Body of <c>POST /api/v1/seal</c>.</summary>
internal sealed record SealRequest(string? TimestampAuthority = null);

/// <summary>Body of <c>POST /api/v1/devices/ID/name</c>.</summary>
internal sealed record DeviceNameRequest(string Name);

/// <summary>Body of <c>POST /api/v1/searches</c>: a filter that must not stand in an address.</summary>
internal sealed record SearchRequest(string Filter);

/// <summary>Answer of <c>POST /api/v1/searches</c>: what stands for the filter as <c>search</c>, until the program ends.</summary>
internal sealed record SearchReply(string Search);

/// <summary>An event of <c>GET /api/v1/flows/events</c>: how many flows were not told; null when that is not known.</summary>
internal sealed record MissedReply(long? Missed);

/// <summary>Body of <c>POST /api/v1/filters</c>.</summary>
internal sealed record NewFilterRequest(string Name, string Filter);

/// <summary>Body of <c>POST /api/v1/users</c>.</summary>
internal sealed record NewUserRequest(string Name, Role Role, string Password);

/// <summary>Body of <c>POST /api/v1/users/NAME/password</c>.</summary>
internal sealed record PasswordRequest(string Password);

/// <summary>Body of <c>POST /api/v1/users/NAME/role</c>.</summary>
internal sealed record RoleRequest(Role Role);

/// <summary>Body of <c>POST /api/v1/tokens</c>; without days it is good until it is revoked.</summary>
internal sealed record NewTokenRequest(string Name, Role Role, int? Days = null);

/// <summary>Answer of <c>POST /api/v1/tokens</c>: the token, which is shown only now and kept nowhere.</summary>
internal sealed record NewTokenReply(string Name, string Token);
