namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// Records that senders make by hand: values joined by <c>||</c> (Alibaba's logs), pairs joined by commas, and texts with the record separator
/// between or after them (Engine.IO over HTTP, SignalR; RFC 7464 before them).
/// </summary>
internal static class RecordDecoder
{
    private const byte Separator = 0x1E;
    private const string Bars = "||";
    private const int FewestBars = 3;
    private const int LongestName = 64;

    /// <summary>Adds an element for each value between bars; in a program's text bars have blanks around them.</summary>
    public static bool TryDecode(DecodingRun run, Field field, ReadOnlySpan<char> text)
    {
        if (text.Count(Bars) < FewestBars || text.Contains(" ||", StringComparison.Ordinal) || text.Contains("|| ", StringComparison.Ordinal)
            || text.ContainsAny("\r\n{};"))
        {
            return false;
        }

        if (!run.TryStep(Scope.Under(field), Decodings.Record, text.Length, out var scope))
        {
            return false;
        }

        var index = 0;
        foreach (var range in text.Split(Bars))
        {
            if (run.Exhausted)
            {
                break;
            }

            LeafDecoder.AddText(run, scope, null, index++, text[range].ToString(), 0, 0);
        }

        return true;
    }

    /// <summary>Adds the pairs of <c>a=1,b=2</c>: two at least, and nothing that is none.</summary>
    public static bool TryDecodePairs(DecodingRun run, Field field, ReadOnlySpan<char> text)
    {
        if (!text.Contains(',') || !ArePairs(text) || !run.TryStep(Scope.Under(field), Decodings.Record, text.Length, out var scope))
        {
            return false;
        }

        foreach (var range in text.Split(','))
        {
            if (run.Exhausted)
            {
                break;
            }

            var pair = text[range];
            var equals = pair.IndexOf('=');
            LeafDecoder.AddText(run, scope, pair[..equals].ToString(), -1, pair[(equals + 1)..].ToString(), 0, 0);
        }

        return true;
    }

    /// <summary>Whether record separators, and no other control characters, divide documents and the bare digits of Engine.IO.</summary>
    public static bool AreSeparated(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.Contains(Separator))
        {
            return false;
        }

        var documents = 0;
        foreach (var range in bytes.Split(Separator))
        {
            var record = bytes[range].TrimStart("0123456789"u8);
            if (record.IsEmpty)
            {
                continue;
            }

            if (record[0] is not ((byte)'{' or (byte)'[' or (byte)'/' or (byte)'-') || record.TrimEnd("\r\n "u8)[^1] is not ((byte)'}' or (byte)']') || !Printable.IsText(record))
            {
                return false;
            }

            documents++;
        }

        return documents > 0;
    }

    /// <summary>Adds the texts that record separators divide.</summary>
    public static bool TryDecodeSeparated(DecodingRun run, in Scope records, string? key, int index, ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (run.Add(records, key, index, FieldKind.Container, null, 0, bytes.Length) is not { } root)
        {
            return true;
        }

        var mark = run.Mark;
        var element = 0;
        foreach (var range in span.Split(Separator))
        {
            if (run.Exhausted)
            {
                break;
            }

            var (start, length) = range.GetOffsetAndLength(span.Length);
            if (length > 0)
            {
                BodyDecoder.Decode(run, records.Inside(root).Skip(start), null, element++, bytes.Slice(start, length), ContentType.None);
            }
        }

        run.Close(root, mark);
        return true;
    }

    private static bool ArePairs(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split(','))
        {
            var equals = text[range].IndexOf('=');
            if (equals is < 1 or > LongestName || !IsName(text[range][..equals]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
