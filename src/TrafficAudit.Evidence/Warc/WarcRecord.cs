using System.Text;

namespace TrafficAudit.Evidence.Warc;

/// <summary>A record as it is read from a segment: its header, and its block while the reader stands at it.</summary>
internal sealed class WarcRecord(long offset, uint memberLength, IReadOnlyDictionary<string, string> fields, Stream block)
{
    public long Offset { get; } = offset;

    /// <summary>Compressed length: the next record lies at <see cref="Offset"/> + this.</summary>
    public uint MemberLength { get; } = memberLength;

    /// <summary>The block, to be read once and before the next record.</summary>
    public Stream Block { get; } = block;

    public string Type => this[WarcHeaders.Type] ?? "";

    public long? Flow => long.TryParse(this[WarcHeaders.Flow], out var number) ? number : null;

    public long ContentLength => long.TryParse(this[WarcHeaders.ContentLength], out var length) && length >= 0 ? length : 0;

    public string? this[string name] => fields.GetValueOrDefault(name);

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
    public void Verify()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (Block.Read(rest) > 0)
        {
        }
    }

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

    /// <summary>Reads a header (bounded at 64 KiB) off the start of a record; null when it is no WARC record.</summary>
    public static Dictionary<string, string>? ReadHeader(Stream record)
    {
        const int maximum = 64 * 1024;
        var bytes = new List<byte>(1024);
        Span<byte> one = stackalloc byte[1];
        while (record.Read(one) == 1)
        {
            bytes.Add(one[0]);
            if (one[0] == '\n' && bytes.Count >= 4 && bytes[^2] == '\r' && bytes[^3] == '\n' && bytes[^4] == '\r')
            {
                return Parse(Encoding.UTF8.GetString(bytes.ToArray()));
            }

            if (bytes.Count > maximum)
            {
                return null;
            }
        }

        return null;
    }

    private static Dictionary<string, string>? Parse(string text)
    {
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0] != WarcHeaders.Version)
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
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
