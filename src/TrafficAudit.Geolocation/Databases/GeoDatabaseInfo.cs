namespace TrafficAudit.Geolocation.Databases;

/// <summary>One loaded database: what a look-up rests on, and what has to be said wherever its answers are shown.</summary>
public sealed record GeoDatabaseInfo
{
    private const int MaximumAgeInDays = 45;

    /// <summary>The file's name, also of the embedded one.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was read from; null for the embedded one.</summary>
    public required string? Path { get; init; }

    /// <summary><c>database_type</c> in the file's metadata (<c>GeoLite2-City</c>).</summary>
    public required string Type { get; init; }

    /// <summary>When it was built, UTC.</summary>
    public required DateTimeOffset Built { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the bytes that were loaded, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Who makes it (<c>MaxMind</c>, <c>DB-IP</c>); null where neither its type nor its name says.</summary>
    public string? Maker { get; init; }

    /// <summary>Whether it answers with countries.</summary>
    public bool HasCountries { get; init; }

    /// <summary>Whether it answers with autonomous systems.</summary>
    public bool HasNetworks { get; init; }

    /// <summary>Whether it answers with what networks are used for (hosting, VPN, proxies, Tor).</summary>
    public bool HasUses { get; init; }

    /// <summary>The licence, where its maker is known to use just one for this type.</summary>
    public string? Licence { get; init; }

    /// <summary>The text that the licence wants beside results.</summary>
    public string? Attribution { get; init; }

    /// <summary>Where that text links to.</summary>
    public Uri? AttributionLink { get; init; }

    /// <summary>Whole days since it was built; 0 for one that claims to be from the future.</summary>
    public int AgeInDays(DateTimeOffset now) => Math.Max(0, (int)(now - Built).TotalDays);

    /// <summary>Whether it is older than 45 days: its makers publish every month or more often, and addresses move.</summary>
    public bool IsOutdated(DateTimeOffset now) => AgeInDays(now) > MaximumAgeInDays;

    /// <summary>Whether it is the one inside the program.</summary>
    public bool Embedded => Path is null;
}
