using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>One JSON value on each line (JSON lines, NDJSON): an array of them.</summary>
internal static class JsonLines
{
    /// <summary>Whether the first line ends a value and the next one that is not blank begins one.</summary>
    public static bool AreLikely(ReadOnlySpan<byte> utf8)
    {
        var end = utf8.IndexOf((byte)'\n');
        if (end < 0)
        {
            return false;
        }

        var first = utf8[..end].TrimEnd(" \t\r"u8);
        var rest = utf8[end..].TrimStart(" \t\r\n"u8);
        return first.Length > 1 && first[^1] is (byte)'}' or (byte)']' && !rest.IsEmpty && rest[0] is (byte)'{' or (byte)'[';
    }

    /// <summary>Adds the lines; one that is no JSON becomes a text. False when the first isn't.</summary>
    public static bool Decode(DecodingRun run, in Scope scope, string? key, int index, ReadOnlySpan<byte> utf8)
    {
        if (run.Add(scope, key, index, FieldKind.Container, null, 0, utf8.Length) is not { } root)
        {
            return true;
        }

        var mark = run.Mark;
        var inside = scope.Inside(root);
        var element = 0;
        for (var start = 0; start < utf8.Length && !run.Exhausted;)
        {
            var end = utf8[start..].IndexOf((byte)'\n');
            end = end < 0 ? utf8.Length : start + end;
            var line = utf8[start..end];
            if (line.ContainsAnyExcept(" \t\r"u8) && !Line(run, inside.Skip(start), element++, line) && element == 1)
            {
                return false;
            }

            start = end + 1;
        }

        run.Close(root, mark);
        return true;
    }

    private static bool Line(DecodingRun run, in Scope scope, int element, ReadOnlySpan<byte> line)
    {
        var before = run.Mark;
        var end = JsonDecoder.Read(run, scope, null, element, line, out _);
        if (end == JsonEnd.Broken && !run.Exhausted)
        {
            run.Undo(before);
            LeafDecoder.AddText(run, scope, null, element, Encoding.UTF8.GetString(line), 0, line.Length);
        }

        return end != JsonEnd.Broken || run.Exhausted;
    }
}
