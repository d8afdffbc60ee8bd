using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>The outlines of the world's countries.</summary>
public sealed class WorldOutlines
{
    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public string Sha256 { get; private init; } = "";

    /// <summary>The embedded outlines, or <c>world/countries-50m.json</c> of a folder in their place.</summary>
    /// <param name="folder">May be null or missing.</param>
    /// <exception cref="OutlineFileException">The folder's file can't be used.</exception>
    public static WorldOutlines Load(string? folder) => new();

    /// <summary>Kilometres from a place to the nearest land of a country; 0 inside, null where there is no outline.</summary>
    public double? DistanceKm(string country, GeoPosition from) => null;
}
