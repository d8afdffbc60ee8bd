using System.Text;
using System.Text.Json;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// JSON (RFC 8259) into fields, read in one pass without recursion, so that no nesting can use up the stack. Comments and trailing
/// commas are forgiven.
/// </summary>
internal static class JsonDecoder
{
    /// <summary>What may follow a document that a prefix made unreadable as script, or that a function call wraps.</summary>
    private static ReadOnlySpan<byte> Endings => " \t\r\n;)*/"u8;

    /// <summary>
    /// Reads a body that may be JSON or JSON lines. A document that breaks off keeps the fields before the break, and the rest becomes a
    /// text, so that nothing escapes the search. False, and nothing is added, when it is no JSON.
    /// </summary>
    public static bool TryDecodeBody(DecodingRun run, in Scope scope, string? key, int index, ReadOnlyMemory<byte> utf8, BodyForm form)
    {
        var span = utf8.Span;
        var start = JsonPrefix.Skip(span, isScalarAllowed: form == BodyForm.Json);
        if (start < 0 || (form == BodyForm.Script && !IsWhole(span[start..], run.Limits.JsonDepth)))
        {
            return false;
        }

        if (!run.TryStep(scope, Decodings.Json, 0, out var json))
        {
            return false;
        }

        var mark = run.Mark;
        var done = JsonLines.AreLikely(span[start..])
            ? JsonLines.Decode(run, json.Skip(start), key, index, span[start..])
            : TryOne(run, json.Skip(start), key, index, span[start..], isLabelled: form == BodyForm.Json);
        if (!done)
        {
            run.Undo(mark);
        }

        return done;
    }

    /// <summary>Adds the document in a text that is whole; false when it isn't, or a bound forbids it.</summary>
    public static bool TryDecodeText(DecodingRun run, Field text, ReadOnlySpan<byte> utf8, string? key = null, string? wrapping = null)
    {
        var start = JsonPrefix.Skip(utf8, isScalarAllowed: false);
        if (start < 0 || !IsWhole(utf8[start..], run.Limits.JsonDepth))
        {
            return false;
        }

        var scope = Scope.Under(text);
        if ((wrapping is not null && !run.TryStep(scope, wrapping, 0, out scope)) || !run.TryStep(scope, Decodings.Json, utf8.Length, out var json))
        {
            return false;
        }

        Read(run, json, key, -1, utf8[start..], out _);
        return true;
    }

    /// <summary>Reads one value into fields, from the first byte on; returns how it ended.</summary>
    public static JsonEnd Read(DecodingRun run, in Scope scope, string? key, int index, ReadOnlySpan<byte> utf8, out int consumed)
    {
        var reader = Reader(utf8, run.Limits.JsonDepth);
        var bottom = run.JsonFrames.Count;
        var builder = new JsonBuilder(run, scope, key, index, bottom);
        var end = JsonEnd.Broken;
        try
        {
            while (!run.Exhausted && reader.Read())
            {
                builder.Take(ref reader);
                if (run.JsonFrames.Count == bottom && reader.TokenType != JsonTokenType.PropertyName)
                {
                    end = JsonEnd.Whole;
                    break;
                }
            }
        }
        catch (JsonException)
        {
            // The reader counts an opening bracket only after it.
            end = reader.CurrentDepth >= run.Limits.JsonDepth - 1 ? JsonEnd.TooDeep : JsonEnd.Broken;
        }

        consumed = (int)reader.BytesConsumed;
        builder.CloseAll();
        if (end == JsonEnd.TooDeep)
        {
            run.Cut();
        }

        return end;
    }

    /// <summary>Whether this is one whole document and nothing after it but what may follow.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> utf8, int depth)
    {
        var reader = Reader(utf8, depth);
        try
        {
            return reader.Read() && reader.TrySkip() && !utf8[(int)reader.BytesConsumed..].ContainsAnyExcept(Endings);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryOne(DecodingRun run, in Scope scope, string? key, int index, ReadOnlySpan<byte> utf8, bool isLabelled)
    {
        var before = run.Mark;
        var end = Read(run, scope, key, index, utf8, out var consumed);
        var rest = utf8[consumed..];
        if (run.Exhausted || (end == JsonEnd.Whole && !rest.ContainsAnyExcept(Endings)))
        {
            return true;
        }

        var found = run.Mark.Fields > before.Fields && (isLabelled || utf8[0] == '{');
        if (!found && end != JsonEnd.TooDeep)
        {
            return false;
        }

        if (!rest.IsEmpty && run.TryReopen(before, out var root, out var children))
        {
            LeafDecoder.AddText(run, scope.Inside(root), null, -1, Encoding.UTF8.GetString(rest), consumed, rest.Length);
            run.Close(root, children);
        }

        return true;
    }

    private static Utf8JsonReader Reader(ReadOnlySpan<byte> utf8, int depth) => new(
        utf8,
        new JsonReaderOptions
        {
            MaxDepth = depth,
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            AllowMultipleValues = true,
        });
}

/// <summary>How the reading of a document ended.</summary>
internal enum JsonEnd
{
    /// <summary>It is broken, or breaks off.</summary>
    Broken,

    /// <summary>With its last byte.</summary>
    Whole,

    /// <summary>It nests deeper than allowed.</summary>
    TooDeep,
}
