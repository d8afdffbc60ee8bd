using System.Net;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// Character references of HTML (WHATWG HTML, 13.5) in a page or any text: the text with them undone, as a child. A text with no others than
/// XML's five and the blank that does not break reads the same to a search.
/// </summary>
internal static class HtmlEntities
{
    private const int LongestName = 8;

    /// <summary>Adds the text without references; false when there is none that matters.</summary>
    public static bool TryDecode(DecodingRun run, Field field, bool guess)
    {
        var text = field.Text!;
        if (!(HasReference(text) || (guess && IsDocument(text))) || !run.TryStep(Scope.Under(field), Decodings.HtmlEntities, text.Length, out var scope))
        {
            return false;
        }

        var plain = WebUtility.HtmlDecode(text);
        if (guess)
        {
            LeafDecoder.AddText(run, scope, null, -1, plain, 0, 0);
        }
        else
        {
            run.Add(scope, null, -1, FieldKind.Text, plain, 0, 0);
        }

        return true;
    }

    /// <summary>JSON or markup written into an attribute: to a search it reads the same, but its keys do not.</summary>
    private static bool IsDocument(ReadOnlySpan<char> text) =>
        text.StartsWith("&lt;") || (text[0] is '{' or '[' && text.Contains("&quot;", StringComparison.Ordinal));

    private static bool HasReference(ReadOnlySpan<char> text)
    {
        while (text.IndexOf('&') is >= 0 and var sign)
        {
            text = text[(sign + 1)..];
            var end = text[..Math.Min(text.Length, LongestName + 1)].IndexOf(';');
            if (end > 1 && IsReference(text[..end]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsReference(ReadOnlySpan<char> name)
    {
        if (name[0] == '#')
        {
            return char.IsAsciiDigit(name[1]) || (name[1] is 'x' or 'X' && name.Length > 2 && char.IsAsciiHexDigit(name[2]));
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }
        }

        return name is not ("amp" or "lt" or "gt" or "quot" or "apos" or "nbsp");
    }
}
