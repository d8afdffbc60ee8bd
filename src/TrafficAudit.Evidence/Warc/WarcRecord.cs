using System.Globalization;
using System.Text;

namespace TrafficAudit.Evidence.Warc;

/// <summary>A record as it is read from a segment: its header, and its block while the reader stands at it.</summary>
internal sealed class WarcRecord
{
    private static readonly byte[] HeaderEnd = "\r\n\r\n"u8.ToArray();

    private readonly Dictionary<string, string> _fields;
    private readonly GzipMemberReader _member;

    private WarcRecord(long offset, GzipMemberReader member, Dictionary<string, string> fields, long contentLength)
    {
        Offset = offset;
        _member = member;
        _fields = fields;
        ContentLength = contentLength;
    }

    public long Offset { get; }

    /// <summary>Compressed length: the next record lies at <see cref="Offset"/> + this.</summary>
    public uint MemberLength => _member.MemberLength;

    /// <inheritdoc cref="GzipMemberReader.HasPlainHeader"/>
    public bool HasPlainMember => _member.HasPlainHeader;

    /// <summary>The block and the two line ends behind it, to be read once and before the next record.</summary>
    public Stream Block => _member;

    public string Type => this[WarcHeaders.Type] ?? "";

    public long? Flow => Number(this[WarcHeaders.Flow]);

    /// <summary>The record's number in the chain, from 1; 0 when it has none.</summary>
    public long Sequence => Number(this[WarcHeaders.Sequence]) ?? 0;

    /// <summary>Bytes of the block; it fits the member's length.</summary>
    public long ContentLength { get; }

    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>Reads the header; null when the member holds no record that ends where its lengths say.</summary>
    public static WarcRecord? Read(long offset, GzipMemberReader member)
    {
        try
        {
            var header = member.TakeThrough(HeaderEnd);
            return Parse(Encoding.UTF8.GetString(header)) is { } fields
                && Number(fields.GetValueOrDefault(WarcHeaders.ContentLength)) is { } length
                && header.Length + length + HeaderEnd.Length == member.ContentLength
                ? new WarcRecord(offset, member, fields, length)
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Reads the whole block, at most <paramref name="maximum"/> bytes, and verifies the record.</summary>
    /// <exception cref="InvalidDataException">The record is damaged, or its block is longer.</exception>
    public byte[] ReadBlock(int maximum = 64 * 1024 * 1024)
    {
        if (ContentLength > maximum)
        {
            throw new InvalidDataException("The record's block is longer than it can be");
        }

        var bytes = new byte[ContentLength];
        if (Block.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException("The record's block is shorter than its header says");
        }

        Verify();
        return bytes;
    }

    /// <summary>Reads what is left of the record, which verifies its checksum.</summary>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public void Verify() => _member.ReadToEnd();

    /// <summary><see cref="Verify"/> as a question.</summary>
    public bool TryVerify()
    {
        try
        {
            Verify();
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Dictionary<string, string>? Parse(string text)
    {
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0] != WarcHeaders.Version)
        {
            return null;
        }

        var fields = new Dictionary<string, string>(20, StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                fields.TryAdd(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        return fields;
    }
}
