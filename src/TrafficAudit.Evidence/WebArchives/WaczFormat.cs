using System.IO.Compression;
using TrafficAudit.Evidence.Imports;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>WACZ (https://specs.webrecorder.net/wacz/1.1.1/): a ZIP with WARC files in <c>archive/</c> and digests of all its parts.</summary>
internal sealed class WaczFormat : IImportFormat
{
    public string Name => "WACZ";

    public string Extension => ".wacz";

    /// <summary>The WARC files of an archive, in the order of their names.</summary>
    public static IEnumerable<ZipArchiveEntry> Archives(ZipArchive zip) => zip.Entries
        .Where(e => e.FullName.StartsWith("archive/", StringComparison.Ordinal)
            && (e.FullName.EndsWith(".warc", StringComparison.Ordinal) || e.FullName.EndsWith(".warc.gz", StringComparison.Ordinal)))
        .OrderBy(e => e.FullName, StringComparer.Ordinal);

    public bool Recognises(ReadOnlySpan<byte> start) => start is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..];

    public async Task ReadAsync(ImportSource source, ImportRun run, CancellationToken cancellation)
    {
        ZipDirectory.Check(source.Content, source.Name);
        using var zip = Open(source);
        var archives = Archives(zip).ToList();
        if (archives.Count == 0)
        {
            throw new ImportException($"{source.Name} is a ZIP but no WACZ: it has no archive/*.warc.gz; unpack it and import what is in it");
        }

        // 1. Every part against its digest. 2. What revisits refer to, over all files. 3. The flows.
        new DataPackage(zip, Bound(source), run).Check(cancellation);
        using var import = new ArchiveImport(run, source.SpoolFolder);
        var bound = Bound(source);
        foreach (var archive in archives)
        {
            using var content = Content(archive, bound);
            import.Scan(content, () => run.Advance(0, 1), cancellation);
        }

        bound = Bound(source);
        long done = 0;
        var total = archives.Sum(a => a.CompressedLength);
        foreach (var archive in archives)
        {
            using var content = Content(archive, bound);
            await import.ReadAsync(content, $"{archive.FullName} ", () => run.Advance(done, total), cancellation);
            done += archive.CompressedLength;
        }
    }

    private static InflationBound Bound(ImportSource source) => new(source.Content.Length);

    /// <exception cref="ImportException">It can't be read as a ZIP.</exception>
    private static ZipArchive Open(ImportSource source)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(source.Content, ZipArchiveMode.Read, leaveOpen: true);
            _ = zip.Entries; // the directory is read only now
            return zip;
        }
        catch (InvalidDataException e)
        {
            zip?.Dispose();
            throw new ImportException($"{source.Name} is a damaged ZIP ({e.Message}); get the file again");
        }
    }

    /// <exception cref="ImportBreakException">The entry can't be inflated.</exception>
    private static Stream Content(ZipArchiveEntry archive, InflationBound bound)
    {
        try
        {
            return WarcFormat.Open(archive.Open(), bound);
        }
        catch (InvalidDataException e)
        {
            throw new ImportBreakException($"at {archive.FullName}: it can't be inflated", e);
        }
    }
}
