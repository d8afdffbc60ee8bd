using System.IO.Compression;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Imports;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>WACZ (https://specs.webrecorder.net/wacz/1.1.1/): a ZIP with WARC files in <c>archive/</c> and digests of all its parts.</summary>
internal sealed class WaczFormat : IImportFormat
{
    private const int StartBytes = 64 * 1024;

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
        if (archives is [var only] && await TryReadOwnAsync(only, source, run, cancellation))
        {
            return;
        }

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

    /// <summary>
    /// Reads an archive that this program wrote: its records say everything of their flows. Large bodies stay in it until they are recorded and analysed, so
    /// that the copy stays in the spool folder, which is emptied when the case is opened next.
    /// </summary>
    private static async Task<bool> TryReadOwnAsync(ZipArchiveEntry archive, ImportSource source, ImportRun run, CancellationToken cancellation)
    {
        var own = new SegmentFormat();
        if (!own.Recognises(await StartAsync(archive, cancellation)))
        {
            return false;
        }

        var path = Path.Combine(source.SpoolFolder, $"import-{Guid.NewGuid():N}.warc.gz");
        await using var copy = PrivateFile.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            await using var content = Bound(source).Apply(await archive.OpenAsync(cancellation));
            await content.CopyToAsync(copy, cancellation);
            await copy.FlushAsync(cancellation);
        }
        catch (InvalidDataException e)
        {
            File.Delete(path);
            throw CanNotBeInflated(archive, e);
        }

        await own.ReadAsync(new ImportSource(archive.Name, copy, source.SpoolFolder, path), run, cancellation);
        return true;
    }

    /// <summary>How an archive begins; nothing when it can't be inflated, which is told where every archive is read.</summary>
    private static async Task<byte[]> StartAsync(ZipArchiveEntry archive, CancellationToken cancellation)
    {
        try
        {
            await using var content = await archive.OpenAsync(cancellation);
            var start = new byte[StartBytes];
            return start[..await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation)];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private static ImportBreakException CanNotBeInflated(ZipArchiveEntry archive, InvalidDataException e) =>
        new($"at {archive.FullName}: it can't be inflated", e);

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
            throw CanNotBeInflated(archive, e);
        }
    }
}
