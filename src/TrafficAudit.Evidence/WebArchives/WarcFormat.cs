using System.IO.Compression;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>
/// WARC files of other tools (ISO 28500; warcio, Heritrix, Browsertrix, wget), plain or in gzip: a member for each record, or one for all.
/// </summary>
internal sealed class WarcFormat : IImportFormat
{
    public string Name => "WARC";

    public string Extension => ".warc";

    public bool Recognises(ReadOnlySpan<byte> start) => Start(start).StartsWith("WARC/"u8);

    public async Task ReadAsync(ImportSource source, ImportRun run, CancellationToken cancellation)
    {
        using var import = new ArchiveImport(run, source.SpoolFolder);
        var file = source.Content;
        import.Scan(Open(file, new InflationBound(file.Length)), () => run.Advance(file.Position, file.Length * 2), cancellation);
        file.Position = 0;
        await import.ReadAsync(
            Open(file, new InflationBound(file.Length)), "", () => run.Advance(file.Length + file.Position, file.Length * 2), cancellation);
    }

    /// <summary>The content of a WARC file, inflated where that is needed.</summary>
    public static Stream Open(Stream file, InflationBound bound)
    {
        var start = new byte[2];
        var count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var whole = new PrefixedStream(start.AsMemory(0, count), file);
        return bound.Apply(start is [0x1F, 0x8B] ? new GZipStream(whole, CompressionMode.Decompress) : whole);
    }

    /// <summary>How the content begins: at most 4 KiB of it.</summary>
    public static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> start)
    {
        if (start is not [0x1F, 0x8B, ..])
        {
            return start;
        }

        try
        {
            using var inflated = new GZipStream(new MemoryStream(start.ToArray()), CompressionMode.Decompress);
            var bytes = new byte[4096];
            return bytes.AsSpan(0, inflated.Read(bytes));
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    /// <summary>A stream whose first bytes were read already.</summary>
    private sealed class PrefixedStream(ReadOnlyMemory<byte> start, Stream rest) : ReadOnlyStream
    {
        private ReadOnlyMemory<byte> _start = start;

        public override int Read(Span<byte> buffer)
        {
            if (_start.IsEmpty)
            {
                return rest.Read(buffer);
            }

            var count = Math.Min(buffer.Length, _start.Length);
            _start.Span[..count].CopyTo(buffer);
            _start = _start[count..];
            return count;
        }
    }
}
