using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>Reads where an edge stands, and whose it is, out of the headers that delivery networks add to responses. Immutable, thread-safe.</summary>
public sealed class EdgeHeaders
{
    /// <summary>SHA-256 of what it rests on, lower-case hex.</summary>
    public string Sha256 { get; private init; } = "";

    /// <summary>The embedded tables, or a folder's in their place.</summary>
    /// <param name="folder">A geo-data folder; may be null or missing.</param>
    /// <exception cref="HintFileException">A file of the folder can't be used.</exception>
    public static EdgeHeaders Load(string? folder) => new();

    /// <summary>What the headers of a response say; empty where no known one is among them.</summary>
    public IReadOnlyList<EdgeHint> Read(HttpHead response) => [];
}
