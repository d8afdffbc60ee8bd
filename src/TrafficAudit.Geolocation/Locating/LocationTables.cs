using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Geolocation.Hints;
using TrafficAudit.Geolocation.Outlines;

namespace TrafficAudit.Geolocation.Locating;

/// <summary>What corroborates the databases: the forms of response headers, the regions in host names, the networks of carriers, the outlines of countries.</summary>
/// <param name="Headers">Reads the place of an edge out of a response.</param>
/// <param name="HostNames">Reads regions out of names.</param>
/// <param name="Networks">Whose networks addresses and names are of.</param>
/// <param name="Outlines">How far countries are from a lab.</param>
public sealed record LocationTables(EdgeHeaders Headers, HostNameRegions HostNames, CarrierNetworks Networks, WorldOutlines Outlines)
{
    /// <summary>SHA-256 over the tables, lower-case hex: changes when any of them does.</summary>
    public string Version { get; } = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.ASCII.GetBytes($"{Headers.Sha256}\n{HostNames.Sha256}\n{Networks.Sha256}\n{Outlines.Sha256}")));

    /// <summary>The embedded tables, or a folder's files in their places.</summary>
    /// <param name="folder">May be null or missing.</param>
    /// <exception cref="GeoDataException">A file of the folder can't be used.</exception>
    public static LocationTables Load(string? folder)
    {
        var (airports, regions) = (Airports.Load(folder), CloudRegions.Load(folder));
        return new(EdgeHeaders.Load(folder, airports, regions), HostNameRegions.Of(airports, regions), CarrierNetworks.Load(folder), WorldOutlines.Load(folder));
    }
}
