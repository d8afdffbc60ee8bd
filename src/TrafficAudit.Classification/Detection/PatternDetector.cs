using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection.Formats;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Classification.Rules;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection;

/// <summary>Looks for formats whatever the key says: in the whole value, and inside a longer text.</summary>
internal static class PatternDetector
{
    private const int LongestText = 256 * 1024;

    // Shorter than the shortest e-mail address, number and address.
    private const int ShortestText = 6;

    /// <summary>The candidates in a text; null for none.</summary>
    public static List<Candidate>? Detect(Field field, string text, in KeyContext key, DateTimeOffset captured, FieldNotes? notes)
    {
        if (text.Length is < ShortestText or > LongestText)
        {
            notes?.Add(Detector.Pattern, $"The text is shorter than every format that is looked for under any key, or longer than {LongestText} characters.");
            return null;
        }

        var trimmed = text.AsSpan().Trim();
        if (WholeFormats.Match(trimmed, captured) is { } whole)
        {
            return Judge(field, whole, trimmed, key, notes) is { } candidate ? [candidate] : null;
        }

        if (TextScan.Find(text, captured) is not { } matches)
        {
            notes?.Add(Detector.Pattern, "Nothing in the text has the format of an item that is looked for under any key.");
            return null;
        }

        var candidates = new List<Candidate>(matches.Count);
        foreach (var found in matches)
        {
            if (Judge(field, found.Match, text.AsSpan(found.Start, found.Length), key, notes) is { } candidate)
            {
                candidates.Add(candidate);
            }
        }

        return candidates;
    }

    private static Candidate? Judge(Field field, FormatMatch match, ReadOnlySpan<char> value, in KeyContext key, FieldNotes? notes)
    {
        if (key.Names(match.Item) || (match.Item == "postcode" && key.Names("postal_address")))
        {
            return KeyDetector.Agreeing(field, match, value, key);
        }

        if (match.IsProof || !IsOfAThing(match, key))
        {
            return KeyDetector.FormatAlone(field, match, value);
        }

        notes?.Add(Detector.Pattern, $"It is {match.Form}, but the key numbers goods, orders or regions, or is of the request itself.");
        return null;
    }

    // A thing has no telephone and no address; in an order the customs code of who gets it may lie.
    private static bool IsOfAThing(FormatMatch match, in KeyContext key) => match.Item switch
    {
        "phone" or "safe_phone" or "email" or "postal_address" => false,
        "pccc" => key.Traits.HasFlag(KeyTraits.Product) || key.Traits.HasFlag(KeyTraits.Request),
        _ => key.IsProduct() || key.Traits.HasFlag(KeyTraits.Request),
    };
}
