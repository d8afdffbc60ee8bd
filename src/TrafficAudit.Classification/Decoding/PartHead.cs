using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>The header fields of a multipart's part.</summary>
/// <param name="Name">The form field's name.</param>
/// <param name="FileName">The name of a file.</param>
/// <param name="Type">Content-Type.</param>
/// <param name="Encoding">Content-Encoding.</param>
/// <param name="TransferEncoding">Content-Transfer-Encoding.</param>
internal readonly record struct PartHead(string? Name, string? FileName, string? Type, string? Encoding, string? TransferEncoding)
{
    /// <summary>Reads what follows a delimiter: the rest of its line, fields, an empty line.</summary>
    public static PartHead Read(ReadOnlySpan<byte> part, out int length)
    {
        var head = default(PartHead);
        length = LineEnd(part, 0);
        while (length < part.Length)
        {
            var end = LineEnd(part, length);
            var line = part[length..end].TrimEnd("\r\n"u8);
            length = end;
            if (line.IsEmpty)
            {
                break;
            }

            head = head.With(Charsets.Decode(line, null, isText: true, out _) ?? "");
        }

        return head;
    }

    private PartHead With(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return this;
        }

        var value = line[(colon + 1)..].Trim();
        return line[..colon].Trim().ToLowerInvariant() switch
        {
            "content-disposition" => this with { Name = ContentType.Parameter(value, "name"), FileName = File(value) },
            "content-type" => this with { Type = value },
            "content-encoding" => this with { Encoding = value },
            "content-transfer-encoding" => this with { TransferEncoding = value },
            _ => this,
        };
    }

    /// <summary>The file name; its extended form (RFC 8187) first, as <c>charset'language'percent-encoded</c>.</summary>
    private static string? File(string disposition)
    {
        var extended = ContentType.Parameter(disposition, "filename*")?.Split('\'', 3);
        return extended is { Length: 3 }
            ? Percent.Decode(System.Text.Encoding.UTF8.GetBytes(extended[2]), plusIsSpace: false, extended[0]).Text
            : ContentType.Parameter(disposition, "filename");
    }

    private static int LineEnd(ReadOnlySpan<byte> part, int from)
    {
        var end = part[from..].IndexOf((byte)'\n');
        return end < 0 ? part.Length : from + end + 1;
    }
}
