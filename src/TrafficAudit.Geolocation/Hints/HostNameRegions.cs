namespace TrafficAudit.Geolocation.Hints;

/// <summary>Reads region codes out of host names. Immutable, thread-safe.</summary>
public sealed class HostNameRegions
{
    /// <summary>SHA-256 of what it rests on, lower-case hex.</summary>
    public string Sha256 { get; private init; } = "";

    /// <summary>The embedded tables, or a folder's in their place.</summary>
    /// <param name="folder">A geo-data folder; may be null or missing.</param>
    /// <exception cref="HintFileException">A file of the folder can't be used.</exception>
    public static HostNameRegions Load(string? folder) => new();

    /// <summary>What a host's name, a name it led to, or an address's reverse name says of its place.</summary>
    public IReadOnlyList<NameHint> Read(string host) => [];
}
