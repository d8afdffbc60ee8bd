using System.Formats.Tar;
using System.IO.Compression;

namespace TrafficAudit.Geolocation.Tests.Updates;

/// <summary>Databases in the forms in which their makers give them.</summary>
internal static class Packed
{
    public static byte[] Gzip(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>As MaxMind does: a folder with the date, texts beside the database.</summary>
    public static byte[] Tar(string name, byte[] content)
    {
        var packed = new MemoryStream();
        using (var tar = new TarWriter(packed, TarEntryFormat.Ustar))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "GeoLite2-City_20260101/"));
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "GeoLite2-City_20260101/LICENSE.txt") { DataStream = new MemoryStream("text"u8.ToArray()) });
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return packed.ToArray();
    }

    public static byte[] TarGz(string name, byte[] content) => Gzip(Tar(name, content));
}
