namespace TrafficAudit.Geolocation;

/// <summary>The files of <c>geo-data/</c> that are part of this assembly, by their file name.</summary>
internal static class EmbeddedData
{
    /// <summary>Opens one; the caller disposes it.</summary>
    public static Stream Open(string name) =>
        typeof(EmbeddedData).Assembly.GetManifestResourceStream(name)
        ?? throw new ArgumentException($"nothing named {name} is embedded", nameof(name));
}
