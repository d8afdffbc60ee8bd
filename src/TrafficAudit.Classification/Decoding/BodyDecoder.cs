using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Reads a body, or any bytes found in one: by what is said about them, and by looking.</summary>
internal static class BodyDecoder
{
    /// <summary>Undoes the content codings (RFC 9110, 8.4), last one first, and reads what is left.</summary>
    public static void DecodeCoded(DecodingRun run, ReadOnlyMemory<byte> bytes, BodyHeaders headers)
    {
        var type = ContentType.Parse(headers.Type);
        run.Charset = type.Charset;
        var scope = Scope.Of(MessagePart.Body);
        if (type.Form != BodyForm.Media)
        {
            UndoCodings(run, ref scope, ref bytes, headers.Encoding);
        }

        Decode(run, scope, null, -1, bytes, type);
    }

    /// <summary>Undoes the codings that are true; a wrong label leaves the bytes as they are.</summary>
    public static void UndoCodings(DecodingRun run, ref Scope scope, ref ReadOnlyMemory<byte> bytes, string? codings)
    {
        if (string.IsNullOrEmpty(codings))
        {
            return;
        }

        foreach (var coding in codings.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            var name = coding.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => Decodings.Gzip,
                "deflate" => Decodings.Deflate,
                "br" => Decodings.Brotli,
                "zstd" => Decodings.Zstandard,
                _ => null,
            };

            // A body that another compression's mark begins is left to be recognised.
            if (name is not null && (Compression.Recognise(bytes.Span) is not { } seen || seen == name))
            {
                Undo(run, ref scope, ref bytes, name, mustBeWhole: false);
            }
        }
    }

    /// <summary>Adds a field for <paramref name="bytes"/>, with everything that they decode to.</summary>
    public static void Decode(DecodingRun run, in Scope scope, string? key, int index, ReadOnlyMemory<byte> bytes, in ContentType type)
    {
        var inner = scope;

        // zlib's mark is two bytes, which chance writes often enough; its checksum must confirm it.
        while (type.Form != BodyForm.Media && Compression.Recognise(bytes.Span) is { } coding
            && Undo(run, ref inner, ref bytes, coding, mustBeWhole: coding == Decodings.Deflate))
        {
        }

        if (bytes.IsEmpty || (type.Form == BodyForm.Multipart && MultipartDecoder.TryDecode(run, inner, key, index, bytes, type.Boundary)))
        {
            return;
        }

        if (BinaryDecoder.TryLabelled(run, inner, key, index, bytes, type.Form)
            || (type.Form is not (BodyForm.Media or BodyForm.Script) && BinaryDecoder.TryGuess(run, inner, key, index, bytes)))
        {
            return;
        }

        if (type.Form != BodyForm.Media && Charsets.TryToUtf8(bytes, type.Charset, IsTextual(type.Form), out var utf8, out var charset))
        {
            if (charset is null || run.TryStep(inner, charset, utf8.Length, out inner))
            {
                DecodeText(run, charset is null ? inner : inner.Unplaced(), key, index, utf8, type.Form);
                return;
            }
        }

        if (type.Form != BodyForm.Media && UnmarkedCompression.Recognise(bytes.Span) is { } unmarked && Undo(run, ref inner, ref bytes, unmarked, mustBeWhole: true))
        {
            Decode(run, inner, key, index, bytes, type);
            return;
        }

        run.Add(inner, key, index, FieldKind.Undecoded, null, 0, bytes.Length, bytes);
    }

    private static void DecodeText(DecodingRun run, in Scope scope, string? key, int index, ReadOnlyMemory<byte> utf8, BodyForm form)
    {
        if (JsonDecoder.TryDecodeBody(run, scope, key, index, utf8, form))
        {
            return;
        }

        if (form == BodyForm.Script)
        {
            run.Add(scope, key, index, FieldKind.Undecoded, null, 0, utf8.Length, utf8);
        }
        else if (form is not (BodyForm.Markup or BodyForm.Xml) && (form == BodyForm.Form || FormDecoder.IsForm(utf8.Span.TrimEnd("\r\n"u8))))
        {
            AddForm(run, scope, key, index, utf8.Span);
        }
        else
        {
            AddText(run, scope, key, index, utf8.Span, form);
        }
    }

    private static void AddForm(DecodingRun run, in Scope scope, string? key, int index, ReadOnlySpan<byte> utf8)
    {
        utf8 = utf8.TrimEnd("\r\n"u8);
        if (!run.TryStep(scope, Decodings.Form, 0, out var form))
        {
            run.Add(scope, key, index, FieldKind.Text, Encoding.UTF8.GetString(utf8), 0, utf8.Length);
        }
        else if (run.Add(form, key, index, FieldKind.Container, null, 0, utf8.Length) is { } root)
        {
            var mark = run.Mark;
            FormDecoder.Decode(run, form.Inside(root), utf8);
            run.Close(root, mark);
        }
    }

    private static void AddText(DecodingRun run, in Scope scope, string? key, int index, ReadOnlySpan<byte> utf8, BodyForm form)
    {
        var field = run.Add(scope, key, index, FieldKind.Text, Encoding.UTF8.GetString(utf8), 0, utf8.Length);
        if (field is null)
        {
            return;
        }

        if (form is not (BodyForm.Markup or BodyForm.Xml))
        {
            TextDecoder.Offer(run, field, plusIsSpace: false);
            return;
        }

        var mark = run.Mark;
        _ = (form == BodyForm.Xml && XmlDecoder.TryDecode(run, field)) || HtmlEntities.TryDecode(run, field, guess: false);
        run.Close(field, mark);
    }

    private static bool Undo(DecodingRun run, ref Scope scope, ref ReadOnlyMemory<byte> bytes, string coding, bool mustBeWhole)
    {
        if (!run.TryStep(scope, coding, 0, out var next) || !Compression.TryDecompress(run, bytes, coding, mustBeWhole, out var plain))
        {
            return false;
        }

        scope = next.Unplaced();
        bytes = plain;
        return true;
    }

    private static bool IsTextual(BodyForm form) =>
        form is BodyForm.Json or BodyForm.Form or BodyForm.Text or BodyForm.Markup or BodyForm.Xml or BodyForm.Script;
}
