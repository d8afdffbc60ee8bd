using TrafficAudit.Classification.Detection.Formats;

namespace TrafficAudit.Classification.Detection;

/// <summary>Finds what a text shows by its letters rather than by digits: addresses, UTDIDs, push tokens. A vectorised search for a mark each, then bounded steps.</summary>
internal static class MarkedText
{
    private const int PostcodeLength = 5;

    private delegate TextMatch? Finder(ReadOnlySpan<char> text, int from);

    /// <summary>Adds what is found, as long as there are fewer than <see cref="TextScan.MaxMatches"/>.</summary>
    public static void AddTo(ReadOnlySpan<char> text, ref List<TextMatch>? found)
    {
        if (text.Length >= UtdidFormat.Length)
        {
            Add(text, UtdidFormat.Find, ref found);
            Add(text, PushTokenFormats.Find, ref found);
            AddAddresses(text, RomanizedAddress.Find, ref found);
        }

        if (!System.Text.Ascii.IsValid(text))
        {
            AddAddresses(text, KoreanAddress.Find, ref found);
        }
    }

    private static void Add(ReadOnlySpan<char> text, Finder find, ref List<TextMatch>? found)
    {
        for (var next = find(text, 0); next is { } match && (found?.Count ?? 0) < TextScan.MaxMatches; next = find(text, match.Start + match.Length))
        {
            (found ??= []).Add(match);
        }
    }

    private static void AddAddresses(ReadOnlySpan<char> text, Finder find, ref List<TextMatch>? found)
    {
        var before = found?.Count ?? 0;
        Add(text, find, ref found);
        for (var i = before; i < found?.Count && found.Count < TextScan.MaxMatches; i++)
        {
            if (found[i].Match.Item == "postal_address" && Postcode(text, found[i]) is { } postcode)
            {
                found.Add(postcode);
            }
        }
    }

    // (04524) 서울특별시 …  or  …, Seoul 04524: five digits mean a postcode right beside an address only.
    private static TextMatch? Postcode(ReadOnlySpan<char> text, in TextMatch address)
    {
        var end = text[..address.Start].TrimEnd(" )],").Length;
        var start = address.Start + address.Length;
        start = text.Length - text[start..].TrimStart(" ([,").Length;
        return At(text, end - PostcodeLength) ?? At(text, start);
    }

    private static TextMatch? At(ReadOnlySpan<char> text, int start)
    {
        var end = start + PostcodeLength;
        return start >= 0 && end <= text.Length && PersonFormats.Postcode(text[start..end]) is not null
            && !(start > 0 && char.IsAsciiDigit(text[start - 1])) && !(end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '-'))
            ? new TextMatch(new FormatMatch("postcode", "a postcode's format, right beside an address"), start, PostcodeLength)
            : null;
    }
}
