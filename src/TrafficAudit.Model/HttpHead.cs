using System.Collections.Immutable;
using System.Text;

namespace TrafficAudit.Model;

/// <summary>One field line of a head: name and value as they were written, without surrounding white space.</summary>
/// <param name="Name">The field's name in its original case.</param>
/// <param name="Value">Its value; bytes over 0x7F are read as UTF-8 where they are valid UTF-8, else as Latin-1.</param>
public readonly record struct HeaderField(string Name, string Value)
{
    /// <summary>Whether the name is <paramref name="name"/>, in any case (RFC 9110, section 5.1).</summary>
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// The head of an HTTP/1.x message taken apart: start line and fields in their order, duplicates kept (RFC 9112). Reading never
/// throws: a line that is no field line is passed over, since the exact bytes are kept elsewhere.
/// </summary>
public sealed class HttpHead
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private HttpHead(string startLine, ImmutableArray<HeaderField> fields)
    {
        StartLine = startLine;
        Fields = fields;
    }

    /// <summary>The first line without its line end.</summary>
    public string StartLine { get; }

    /// <summary>The fields in their order.</summary>
    public ImmutableArray<HeaderField> Fields { get; }

    /// <summary>A request's method (<c>GET</c>); empty for a response.</summary>
    public string Method => IsResponse ? "" : Part(0);

    /// <summary>A request's target exactly as sent: <c>/path?query</c>, an absolute URL, or <c>host:port</c>; empty for a response.</summary>
    public string Target => IsResponse ? "" : Part(1);

    /// <summary>A response's status code, 100 to 999; null for a request or where it is no number.</summary>
    public int? Status => IsResponse && int.TryParse(Part(1), out var status) && status is >= 100 and <= 999 ? status : null;

    private bool IsResponse => StartLine.StartsWith("HTTP/", StringComparison.Ordinal);

    /// <summary>The value of the first field with this name; null when there is none.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var field in Fields)
            {
                if (field.Is(name))
                {
                    return field.Value;
                }
            }

            return null;
        }
    }

    /// <summary>The media type of the body without its parameters, lower case (<c>application/json</c>); empty when none is named.</summary>
    public string MediaType
    {
        get
        {
            var value = this["Content-Type"].AsSpan();
            var end = value.IndexOf(';');
            return (end < 0 ? value : value[..end]).Trim().ToString().ToLowerInvariant();
        }
    }

    /// <summary>Reads a head from its bytes.</summary>
    public static HttpHead Parse(ReadOnlySpan<byte> bytes)
    {
        var startLine = Text(TakeLine(ref bytes));
        var fields = ImmutableArray.CreateBuilder<HeaderField>();
        while (!bytes.IsEmpty)
        {
            var line = TakeLine(ref bytes);
            var colon = line.IndexOf((byte)':');
            if (colon > 0)
            {
                fields.Add(new HeaderField(Text(line[..colon]).Trim(), Text(line[(colon + 1)..]).Trim()));
            }
        }

        return new HttpHead(startLine, fields.DrainToImmutable());
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Ascii.IsValid(bytes))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        return System.Text.Unicode.Utf8.IsValid(bytes) ? StrictUtf8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
    }

    private string Part(int index)
    {
        var rest = StartLine.AsSpan();
        for (var i = 0; i < index; i++)
        {
            var skip = rest.IndexOf(' ');
            if (skip < 0)
            {
                return "";
            }

            rest = rest[(skip + 1)..];
        }

        var end = rest.IndexOf(' ');
        return (end < 0 ? rest : rest[..end]).ToString();
    }
}
