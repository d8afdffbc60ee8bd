using TrafficAudit.Geolocation.Databases;

namespace TrafficAudit.Results;

/// <summary>What databases are asked for, in words.</summary>
internal static class DatabaseUse
{
    public static string Of(GeoDatabaseInfo database) => database switch
    {
        { HasCountries: true, HasNetworks: true } => "countries, networks",
        { HasCountries: true } => "countries",
        { HasNetworks: true } => "networks",
        { HasUses: true } => "hosting, VPN, proxies, Tor",
        _ => "nothing that is asked",
    };
}
