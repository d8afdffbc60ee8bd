namespace TrafficAudit.Geolocation.Databases;

/// <summary>Who made a database, and on which terms it may be shown.</summary>
internal sealed record DatabaseMaker(string? Name, string? Licence = null, string? Attribution = null, Uri? Link = null)
{
    private static readonly DatabaseMaker Unknown = new(Name: null);
    private static readonly DatabaseMaker DbIp = new("DB-IP");
    private static readonly DatabaseMaker DbIpLite = new("DB-IP", "CC BY 4.0", "IP Geolocation by DB-IP", new Uri("https://db-ip.com"));
    private static readonly DatabaseMaker MaxMind = new("MaxMind");
    private static readonly DatabaseMaker GeoLite = new(
        "MaxMind", "GeoLite End User License Agreement", "This product includes GeoLite Data created by MaxMind", new Uri("https://www.maxmind.com"));

    /// <summary>
    /// Known by the type, or for flat files, whose type names nobody, by the usual file name: <c>dbip-…</c>, <c>geolite2-…</c>
    /// (npm's <c>@ip-location-db</c> makes such files of the makers' free editions).
    /// </summary>
    public static DatabaseMaker Of(string type, string fileName)
    {
        if (type.StartsWith("GeoLite2-", StringComparison.Ordinal))
        {
            return GeoLite;
        }

        if (type.StartsWith("GeoIP2-", StringComparison.Ordinal))
        {
            return MaxMind;
        }

        if (type.StartsWith("DBIP-", StringComparison.Ordinal))
        {
            return type.Contains("Lite", StringComparison.Ordinal) ? DbIpLite : DbIp;
        }

        if (fileName.StartsWith("dbip-", StringComparison.OrdinalIgnoreCase))
        {
            return DbIpLite;
        }

        return fileName.StartsWith("geolite2-", StringComparison.OrdinalIgnoreCase) ? GeoLite : Unknown;
    }
}
