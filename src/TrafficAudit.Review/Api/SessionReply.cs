using System.Collections.Immutable;

namespace TrafficAudit.Review.Api;

/// <summary>A session in <c>GET /api/v1/sessions</c>: what the journal calls it, and what its flows add up to.</summary>
internal sealed record SessionReply(
    string Session, string? Device, string? DeviceName, string? App, string? Scenario, string? Persona, DateTime? Began, DateTime? Ended, DateTime First, DateTime Last,
    long Flows, long Findings, ImmutableArray<SessionPhaseReply> Phases)
{
    public static SessionReply Of(SessionRow row)
    {
        var (extent, label) = row;
        return new SessionReply(
            extent.Session, extent.Device, label?.Device, label?.App, label?.Scenario, label?.Persona, label?.Began?.UtcDateTime, label?.Ended?.UtcDateTime,
            extent.First.UtcDateTime, extent.Last.UtcDateTime, extent.Flows, extent.Findings, [.. extent.Phases.Select(p => new SessionPhaseReply(p.Name, p.First.UtcDateTime))]);
    }
}

/// <summary>A phase of a session, and when the first flow in it started.</summary>
internal sealed record SessionPhaseReply(string Name, DateTime First);
