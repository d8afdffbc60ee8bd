using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// multipart bodies (RFC 2046, 5.1): a field per part, named as its <c>name</c> says (RFC 7578) or an element by its position; a file
/// name is a child called <c>filename</c>.
/// </summary>
internal static class MultipartDecoder
{
    /// <summary>RFC 2046 allows 70 characters; a "boundary" far beyond that is none.</summary>
    private const int LongestBoundary = 256;

    /// <summary>Adds the parts; false when no boundary is found, given or not.</summary>
    public static bool TryDecode(DecodingRun run, in Scope scope, string? key, int index, ReadOnlyMemory<byte> bytes, string? boundary)
    {
        var delimiter = Delimiter(bytes.Span, boundary);
        if (delimiter is null || !run.TryStep(scope, Decodings.Multipart, 0, out var multipart))
        {
            return false;
        }

        if (run.Add(multipart, key, index, FieldKind.Container, null, 0, bytes.Length) is not { } root)
        {
            return true;
        }

        var mark = run.Mark;
        var inside = multipart.Inside(root);
        var position = 0;
        for (var start = Next(bytes.Span, delimiter, 0); start >= 0 && !run.Exhausted;)
        {
            var content = start + delimiter.Length;
            if (bytes.Span[content..].StartsWith("--"u8))
            {
                break;
            }

            var next = Next(bytes.Span, delimiter, content);
            Part(run, inside, position++, bytes, content, End(bytes.Span, content, next));
            start = next;
        }

        run.Close(root, mark);
        return true;
    }

    private static void Part(DecodingRun run, in Scope scope, int position, ReadOnlyMemory<byte> bytes, int start, int end)
    {
        var head = PartHead.Read(bytes.Span[start..end], out var headLength);
        var content = bytes[(start + headLength)..end];
        var own = scope.Skip(start + headLength);
        var index = head.Name is null ? position : -1;
        var before = run.Mark;
        if (content.IsEmpty)
        {
            run.Add(own, head.Name, index, FieldKind.Text, "", 0, 0);
        }
        else
        {
            UndoTransferEncoding(run, ref own, ref content, head.TransferEncoding);
            BodyDecoder.UndoCodings(run, ref own, ref content, head.Encoding);
            BodyDecoder.Decode(run, own, head.Name, index, content, ContentType.Parse(head.Type));
        }

        if (head.FileName is not null && run.TryReopen(before, out var field, out var children))
        {
            run.Add(scope.Unplaced() with { Parent = field }, "filename", -1, FieldKind.Text, head.FileName, 0, 0);
            run.Close(field, children);
        }
    }

    private static void UndoTransferEncoding(DecodingRun run, ref Scope scope, ref ReadOnlyMemory<byte> content, string? encoding)
    {
        var isBase64 = "base64".Equals(encoding, StringComparison.OrdinalIgnoreCase);
        if (!isBase64 && !"quoted-printable".Equals(encoding, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var plain = isBase64 ? TransferBase64(content.Span) : QuotedPrintable.Decode(content.Span);
        if (plain is not null && run.TryStep(scope, isBase64 ? Decodings.Base64 : Decodings.QuotedPrintable, plain.Length, out var next))
        {
            scope = next.Replaced(0, content.Length);
            content = plain;
        }
    }

    private static byte[]? TransferBase64(ReadOnlySpan<byte> content)
    {
        var bytes = new byte[content.Length];
        return Base64.DecodeFromUtf8(content, bytes, out _, out var length) == OperationStatus.Done ? bytes[..length] : null;
    }

    /// <summary>The given boundary if it is there; else the first line, when it looks like one: clients do send the wrong one.</summary>
    private static byte[]? Delimiter(ReadOnlySpan<byte> bytes, string? boundary)
    {
        if (!string.IsNullOrEmpty(boundary) && boundary.Length <= LongestBoundary)
        {
            var given = Encoding.UTF8.GetBytes("--" + boundary);
            if (Next(bytes, given, 0) >= 0)
            {
                return given;
            }
        }

        var line = bytes.TrimStart("\r\n"u8);
        var end = line.IndexOf((byte)'\n');
        line = (end < 0 ? [] : line[..end]).TrimEnd(" \t\r"u8);
        return line.Length is > 3 and <= LongestBoundary && line.StartsWith("--"u8) ? line.ToArray() : null;
    }

    /// <summary>Where the next delimiter at the start of a line is; -1 when there is none.</summary>
    private static int Next(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> delimiter, int from)
    {
        while (from < bytes.Length)
        {
            var at = bytes[from..].IndexOf(delimiter);
            if (at < 0)
            {
                return -1;
            }

            at += from;
            if (at == 0 || bytes[at - 1] == '\n')
            {
                return at;
            }

            from = at + 1;
        }

        return -1;
    }

    /// <summary>A part ends before the line break that belongs to the next delimiter; without one, at the end.</summary>
    private static int End(ReadOnlySpan<byte> bytes, int start, int next)
    {
        if (next < 0)
        {
            return bytes.Length;
        }

        var end = next - 1;
        return Math.Max(start, end > start && bytes[end - 1] == '\r' ? end - 1 : end);
    }
}
