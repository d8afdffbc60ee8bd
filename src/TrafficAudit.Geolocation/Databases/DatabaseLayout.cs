using System.Net;
using MaxMind.Db;
using MaxMind.GeoIP2;
using MaxMind.GeoIP2.Responses;

namespace TrafficAudit.Geolocation.Databases;

/// <summary>
/// How to ask a database, chosen by its <c>database_type</c>: the methods of MaxMind.GeoIP2 throw on a file of another type. DB-IP names the
/// layout inside its types (<c>DBIP-City-Lite</c>, <c>DBIP-ASN-Lite (compat=GeoLite2-ASN)</c>).
/// </summary>
internal sealed record DatabaseLayout(bool Countries, bool Networks, Func<IPAddress, DatabaseAnswer> Read, bool Uses = false)
{
    private const int ProbedRecords = 64;

    /// <summary>The layout of a GeoIP2-like file; null when the type is none of them.</summary>
    public static DatabaseLayout? OfModel(DatabaseReader reader)
    {
        var type = reader.Metadata.DatabaseType;
        if (type.Contains("Enterprise", StringComparison.Ordinal))
        {
            return new(true, true, a => reader.TryEnterprise(a, out var r) ? Of(r!) : default);
        }

        if (type.Contains("City", StringComparison.Ordinal))
        {
            return new(true, false, a => reader.TryCity(a, out var r) ? Of(r!) : default);
        }

        if (type.Contains("Country", StringComparison.Ordinal))
        {
            return new(true, false, a => reader.TryCountry(a, out var r) ? Of(r!) : default);
        }

        if (type.Contains("GeoIP2-Anonymous-IP", StringComparison.Ordinal))
        {
            return new(false, false, a => reader.TryAnonymousIP(a, out var r) ? Of(r!) : default, Uses: true);
        }

        if (type.Contains("GeoLite2-ASN", StringComparison.Ordinal))
        {
            return new(false, true, a => reader.TryAsn(a, out var r) ? Of(r!.AutonomousSystemNumber, r.AutonomousSystemOrganization) : default);
        }

        return type.Contains("GeoIP2-ISP", StringComparison.Ordinal)
            ? new(false, true, a => reader.TryIsp(a, out var r) ? Of(r!.AutonomousSystemNumber, r.AutonomousSystemOrganization) : default)
            : null;
    }

    /// <summary>The layout of a flat file, told by its first records; one that names neither countries nor networks is never asked.</summary>
    public static DatabaseLayout OfFlat(Reader reader)
    {
        bool countries = false, networks = false;
        foreach (var node in reader.FindAll<Dictionary<string, object>>().Take(ProbedRecords))
        {
            countries |= node.Data.GetValueOrDefault("country_code") is string;
            networks |= node.Data.GetValueOrDefault("autonomous_system_number") is long;
        }

        return new(countries, networks, a => Of(reader.Find<FlatRecord>(a)));
    }

    private static DatabaseAnswer Of(AbstractCountryResponse response) => new(
        DatabaseAnswer.ToCountry(response.Country.IsoCode),
        response.Traits.AutonomousSystemNumber,
        response.Traits.AutonomousSystemOrganization,
        response.Traits.IsAnycast);

    // An empty record covers the space that is not listed: no flag, no answer. The general flag says nothing that the others do not.
    private static DatabaseAnswer Of(AnonymousIPResponse response) => new(Country: null, Uses:
        (response.IsHostingProvider ? NetworkUses.HostingProvider : NetworkUses.None)
        | (response.IsAnonymousVpn ? NetworkUses.AnonymousVpn : NetworkUses.None)
        | (response.IsPublicProxy ? NetworkUses.PublicProxy : NetworkUses.None)
        | (response.IsResidentialProxy ? NetworkUses.ResidentialProxy : NetworkUses.None)
        | (response.IsTorExitNode ? NetworkUses.TorExitNode : NetworkUses.None));

    private static DatabaseAnswer Of(long? asn, string? organization) => new(Country: null, asn, organization);

    private static DatabaseAnswer Of(FlatRecord? record) =>
        record is null ? default : new(DatabaseAnswer.ToCountry(record.CountryCode), record.Asn, record.Organization);
}
