using System.Collections.Immutable;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Redaction;

/// <summary>Redacts the head of a message, line by line.</summary>
/// <param name="parts">Redacts parts.</param>
/// <param name="known">The last look.</param>
internal sealed class HeadRedactor(PartRedactor parts, KnownTexts known)
{
    /// <summary>Stands for what is left out of a line.</summary>
    public const string LeftOut = "left-out";

    private static ReadOnlySpan<byte> RequestLine => "GET / HTTP/1.1\r\n"u8;

    private static ReadOnlySpan<byte> StatusLine => "HTTP/1.1 200 OK\r\n"u8;

    /// <summary>The lines of a head: the start line, then the fields, without their ends.</summary>
    public List<byte[]> Redact(MessageKind kind, ReadOnlySpan<byte> head, RedactionReport report)
    {
        var lines = new List<byte[]>();
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range];
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            if (lines.Count == 0)
            {
                lines.Add(StartLine(kind, line, report));
            }
            else if (!line.IsEmpty && Field(kind, line, report) is { } field)
            {
                lines.Add(field);
            }
        }

        return lines;
    }

    /// <summary>Fields behind a body.</summary>
    public ImmutableArray<HeaderField> Redact(MessageKind kind, ImmutableArray<HeaderField> fields, RedactionReport report)
    {
        var redacted = ImmutableArray.CreateBuilder<HeaderField>(fields.Length);
        foreach (var field in fields)
        {
            if (Field(kind, Encoding.UTF8.GetBytes($"{field.Name}: {field.Value}"), report) is { } line)
            {
                redacted.Add(new HeaderField(field.Name, Encoding.UTF8.GetString(line.AsSpan(field.Name.Length + 2))));
            }
        }

        return redacted.DrainToImmutable();
    }

    private byte[] StartLine(MessageKind kind, ReadOnlySpan<byte> line, RedactionReport report)
    {
        if (kind != MessageKind.Request)
        {
            // A reason phrase says nothing that the status does not.
            return known.AreIn(line) ? line[..Math.Min(line.Length, "HTTP/1.1 200 ".Length)].ToArray() : line.ToArray();
        }

        var (bytes, reason) = parts.Redact(line.ToArray(), whole => Decode(kind, [.. whole, .. "\r\n\r\n"u8]), (bytes, part) => RequestLinePlace.Of(bytes, part), report);
        if (bytes is not null)
        {
            return bytes;
        }

        report.LeftOut(kind, "target", reason);
        var method = line[..Math.Max(0, line.IndexOf((byte)' '))];
        return [.. known.AreIn(method) ? "GET"u8 : method, .. Encoding.ASCII.GetBytes($" /{LeftOut} HTTP/1.1")];
    }

    /// <summary>The field's line; null when it is left out with its name.</summary>
    private byte[]? Field(MessageKind kind, ReadOnlySpan<byte> line, RedactionReport report)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || known.AreIn(line[..colon]))
        {
            report.LeftOut(kind, "header", "It is no field, or its name holds a known value.");
            return null;
        }

        var name = line[..(colon + 1)].ToArray();
        var value = line[(colon + 1)..].Trim(" \t"u8).ToArray();
        var (bytes, reason) = parts.Redact(value, v => Decode(kind, Head(kind, name, v)), (_, _) => 0, report);
        if (bytes is null)
        {
            report.LeftOut(kind, $"header {Encoding.ASCII.GetString(name.AsSpan(0, colon))}", reason);
            bytes = Encoding.ASCII.GetBytes($"[{LeftOut}]");
        }

        return bytes == value ? line.ToArray() : [.. name, (byte)' ', .. bytes];
    }

    private static byte[] Head(MessageKind kind, byte[] name, byte[] value) =>
        [.. kind == MessageKind.Request ? RequestLine : StatusLine, .. name, (byte)' ', .. value, .. "\r\n\r\n"u8];

    private static DecodedMessage Decode(MessageKind kind, byte[] head) => MessageDecoder.Decode(kind, new Message(head, Body.Empty));
}
