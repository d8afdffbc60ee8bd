using System.Globalization;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>A record of a foreign WARC: its header, and its block while the reader stands at it.</summary>
internal sealed class ArchivedRecord
{
    private readonly List<HeaderField> _fields;
    private readonly ArchiveReader _reader;

    private ArchivedRecord(List<HeaderField> fields, long contentLength, long ordinal, ArchiveReader reader)
    {
        _fields = fields;
        _reader = reader;
        ContentLength = contentLength;
        Ordinal = ordinal;
        Digest = BlockDigest.Parse(this[WarcHeaders.BlockDigest]);
    }

    /// <summary>Its place in the file, from 0.</summary>
    public long Ordinal { get; }

    /// <summary>Bytes of its block.</summary>
    public long ContentLength { get; }

    /// <summary>The digest of its block that it names; null when it names none that can be checked.</summary>
    public BlockDigest? Digest { get; }

    /// <summary><c>request</c>, <c>response</c>, <c>revisit</c> …</summary>
    public string Type => this[WarcHeaders.Type]?.ToLowerInvariant() ?? "";

    public string Id => this[WarcHeaders.RecordId] ?? "";

    /// <summary>WARC/1.0 has it in angle brackets in its grammar, and wget writes it so.</summary>
    public string TargetUri => (this[WarcHeaders.TargetUri] ?? "").TrimStart('<').TrimEnd('>');

    public string Date => this[WarcHeaders.Date] ?? "";

    /// <summary>Whether the block is an HTTP message.</summary>
    public bool IsHttp => MediaType is "application/http" && (TargetUri.StartsWith("http", StringComparison.OrdinalIgnoreCase)
        || TargetUri.StartsWith("ws", StringComparison.OrdinalIgnoreCase));

    private string MediaType => (this[WarcHeaders.ContentType] ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>The first value of a field; null when there is none.</summary>
    public string? this[string name] => All(name).FirstOrDefault();

    /// <summary>Every value of a field.</summary>
    public IEnumerable<string> All(string name) => _fields.Where(f => f.Is(name)).Select(f => f.Value);

    /// <summary>Takes the HTTP head from the block; null when there is none.</summary>
    public byte[]? TakeHead() => _reader.TakeHead();

    /// <summary>What is left of the block, to be read before the next record.</summary>
    public Stream Block() => _reader.Block();

    /// <summary>Reads a header; null when it is none of a record.</summary>
    public static ArchivedRecord? Parse(string header, long ordinal, ArchiveReader reader)
    {
        var lines = header.Split('\n');
        if (!lines[0].StartsWith("WARC/", StringComparison.Ordinal))
        {
            return null;
        }

        var fields = new List<HeaderField>(lines.Length);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line is [' ' or '\t', ..] && fields.Count > 0)
            {
                fields[^1] = fields[^1] with { Value = $"{fields[^1].Value} {line.Trim()}" };
            }
            else if (colon > 0)
            {
                fields.Add(new HeaderField(line[..colon].Trim(), line[(colon + 1)..].Trim()));
            }
        }

        var length = fields.Find(f => f.Is(WarcHeaders.ContentLength)).Value;
        return long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? new ArchivedRecord(fields, bytes, ordinal, reader)
            : null;
    }

    /// <exception cref="UnusableEntryException">It has no date that is a moment.</exception>
    public DateTimeOffset Time() =>
        ImportedValue.Time(Date) ?? throw new UnusableEntryException("WARC-Date is no time with a date and a time of day");
}
