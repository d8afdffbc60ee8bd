namespace TrafficAudit.Geolocation.Outlines;

/// <summary>The files of the geo-data folder's <c>world</c>, each the user's own or the embedded one.</summary>
internal static class WorldFiles
{
    /// <summary>Outlines of countries.</summary>
    public const string Outlines = "world/countries-50m.json";

    /// <summary>Circles of land that the outlines don't show as a country's.</summary>
    public const string Places = "world/places.csv";

    // Natural Earth's 1:10m is 3.7 MB.
    private const int MaxLength = 16 * 1024 * 1024;

    /// <summary>Whether a folder, which may be null or missing, has one of them.</summary>
    public static bool AreIn(string? folder) => HasOwn(folder, Outlines) || HasOwn(folder, Places);

    /// <summary>The bytes of the folder's file, or of the embedded one.</summary>
    /// <exception cref="OutlineFileException">The folder's can't be read.</exception>
    public static ReadOnlyMemory<byte> Read(string? folder, string name)
    {
        try
        {
            using var data = HasOwn(folder, name) ? File.OpenRead(Path.Combine(folder!, name)) : EmbeddedData.Open(name);
            if (data.Length > MaxLength)
            {
                throw new OutlineFileException($"{name} is larger than {MaxLength / 1024 / 1024} MiB: it can't be such a file");
            }

            var bytes = new byte[data.Length];
            return bytes.AsMemory(0, data.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new OutlineFileException($"{name} can't be read: check the disk and the file's permissions", e);
        }
    }

    private static bool HasOwn(string? folder, string name) => folder is not null && File.Exists(Path.Combine(folder, name));
}
