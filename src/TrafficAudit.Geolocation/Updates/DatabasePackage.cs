using System.Formats.Tar;
using System.IO.Compression;

namespace TrafficAudit.Geolocation.Updates;

/// <summary>The forms in which databases come: a bare mmdb file, gzip of one, or a tar archive with one in it, plain or gzip.</summary>
internal static class DatabasePackage
{
    private const int TarBlock = 512;
    private const int MaxEntries = 1000;

    /// <summary>Writes the database to <paramref name="target"/>.</summary>
    /// <param name="source">The file as it came; can seek.</param>
    /// <param name="target">Gets the mmdb file.</param>
    /// <param name="limit">Bytes at most, unpacked.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The name that an archive gives it; null where there is none.</returns>
    /// <exception cref="GeoUpdateException">It can't be unpacked, is too large, or holds no database.</exception>
    public static async Task<string?> UnpackAsync(Stream source, Stream target, long limit, CancellationToken cancellation)
    {
        try
        {
            await using (var plain = Open(source, limit))
            {
                var start = new byte[TarBlock];
                var read = await plain.ReadAtLeastAsync(start, TarBlock, throwOnEndOfStream: false, cancellation);
                if (!IsTar(start.AsSpan(0, read)))
                {
                    await target.WriteAsync(start.AsMemory(0, read), cancellation);
                    await plain.CopyToAsync(target, cancellation);
                    return null;
                }
            }

            await using var archive = Open(source, limit);
            return await ExtractAsync(archive, target, cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or ArithmeticException or NotSupportedException)
        {
            throw new GeoUpdateException("the file is damaged: it can't be unpacked; fetch it again", e);
        }
    }

    private static LimitedStream Open(Stream source, long limit)
    {
        source.Position = 0;
        var isGzip = source.ReadByte() == 0x1F && source.ReadByte() == 0x8B;
        source.Position = 0;
        return new LimitedStream(isGzip ? new GZipStream(source, CompressionMode.Decompress, leaveOpen: true) : source, limit, leaveOpen: !isGzip);
    }

    private static bool IsTar(ReadOnlySpan<byte> start) => start.Length == TarBlock && start[257..].StartsWith("ustar"u8);

    private static async Task<string> ExtractAsync(Stream archive, Stream target, CancellationToken cancellation)
    {
        await using var reader = new TarReader(archive);
        for (var i = 0; i < MaxEntries && await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry; i++)
        {
            if (entry is { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile, DataStream: { } data }
                && entry.Name.EndsWith(".mmdb", StringComparison.OrdinalIgnoreCase))
            {
                await data.CopyToAsync(target, cancellation);
                return entry.Name[(entry.Name.LastIndexOfAny(['/', '\\']) + 1)..];
            }
        }

        throw new GeoUpdateException("the archive holds no database (*.mmdb)");
    }
}
