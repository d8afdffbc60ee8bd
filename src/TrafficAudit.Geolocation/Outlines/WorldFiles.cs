using System.Security.Cryptography;

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

    /// <summary>The digest of a folder's files, lower-case hex; null where it, which may be null or missing, has none that differ from the embedded ones.</summary>
    /// <exception cref="OutlineFileException">One can't be read.</exception>
    public static string? OthersIn(string? folder)
    {
        var names = new[] { Outlines, Places };
        if (!names.Any(name => HasOwn(folder, name)))
        {
            return null;
        }

        var own = DigestOf(folder);
        return own == DigestOf(place: null) ? null : own;

        string DigestOf(string? place) =>
            Convert.ToHexStringLower(SHA256.HashData([.. names.SelectMany(name => SHA256.HashData(Read(place, name).Span))]));
    }

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
