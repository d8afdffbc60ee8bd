using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Imports;

/// <summary>What the imported flows are labelled with.</summary>
/// <param name="Import">The import's id, which the journal has; it is the session of flows that have none of their own.</param>
/// <param name="Phase">Overrides what the file says of the phase; null for not.</param>
/// <param name="Device">Overrides what the file says of the device; null for not.</param>
/// <param name="LabPosition">See <see cref="ImportOptions.LabPosition"/>.</param>
/// <param name="ResolveNow">See <see cref="ImportOptions.ResolveNow"/>.</param>
internal sealed record ImportLabels(
    string Import, string? Phase = null, string? Device = null, GeoPosition? LabPosition = null,
    Func<string, CancellationToken, ValueTask<NameResolution?>>? ResolveNow = null);
