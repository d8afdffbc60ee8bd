using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>A circle of land that the outlines don't show as this country's.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Centre">Its centre.</param>
/// <param name="RadiusKm">Its radius.</param>
/// <param name="IsContested">The country claims or holds it and another does too; false for an island that is too small for the outlines' scale.</param>
internal sealed record OutlinePlace(string Country, GeoPosition Centre, double RadiusKm, bool IsContested)
{
    /// <summary>Kilometres from a place; 0 inside.</summary>
    public double DistanceKm(GeoPosition from) => Math.Max(0, Centre.DistanceKm(from) - RadiusKm);
}
