using System.Collections.Immutable;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection;
using TrafficAudit.Classification.Detection.Formats;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Classification.Rules;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>Judges the value at a place that a rule names: which item it is, in which state, or nothing.</summary>
internal static class RuleVerdict
{
    /// <summary>An MD5 is as long as a UUID without hyphens; longer ones can be nothing else.</summary>
    private const int ShortestCertainDigest = 40;
    private const int PreciseDecimals = 4;

    /// <summary>The candidate; null for a placeholder, and for what the place excludes.</summary>
    public static Candidate? On(EndpointRule rule, RulePlace place, Field leaf, DateTimeOffset captured, FieldNotes? notes = null)
    {
        if (leaf.Text is not { } text || text.AsSpan().Trim() is not { IsEmpty: false } value)
        {
            notes?.Add(Detector.Rule, $"{Named(rule, place)}, but it is empty or undecoded.");
            return null;
        }

        if (place.OnlyIf?.Holds(text) == false || place.NotIf?.Holds(text) == true)
        {
            notes?.Add(Detector.Rule, $"{Named(rule, place)}, but not with such a value.");
            return null;
        }

        var item = ItemOf(place, value, captured);
        var isZeroed = IsZeroed(place, value);
        if (!isZeroed && leaf.Children.Count == 0 && Placeholders.BuiltIn.IsFor(item, value))
        {
            notes?.Add(Detector.Rule, $"{Named(rule, place)}, but the value is a placeholder.");
            return null;
        }

        notes?.AddFound(Detector.Rule, Reason(rule, item, isZeroed));

        var state = isZeroed ? FindingState.Zeroed : StateOf(item, value, captured);
        return new Candidate(leaf, item, Detector.Rule, rule.IsUnchecked ? Strength.D : Strength.B, state, Reason(rule, item, isZeroed), value.ToString());
    }

    private static bool IsZeroed(RulePlace place, ReadOnlySpan<char> value)
    {
        foreach (var item in place.Items)
        {
            if (Placeholders.BuiltIn.IsZeroed(item, value))
            {
                return true;
            }
        }

        return false;
    }

    private static string ItemOf(RulePlace place, ReadOnlySpan<char> value, DateTimeOffset captured)
    {
        var items = place.Items;
        if (items.Length == 1)
        {
            return items[0];
        }

        if (items[0] == "gps_location")
        {
            return IsPrecise(value) ? items[0] : items[1];
        }

        var named = place.Path.LastName is { } name && KeyLexicon.BuiltIn.Read(name).Meaning is { } meaning ? meaning.Items : [];
        foreach (var item in items)
        {
            if (ItemFormats.Match(item, value, captured, isOnly: false) is { } match && items.Contains(match.Item) && (named.IsEmpty || named.Contains(match.Item)))
            {
                return match.Item;
            }
        }

        return items.FirstOrDefault(item => named.Contains(item)) ?? items[0];
    }

    // A street corner has four decimals or more; a town fewer.
    private static bool IsPrecise(ReadOnlySpan<char> value) => value.LastIndexOf('.') is >= 0 and var point && value.Length - point - 1 >= PreciseDecimals;

    private static FindingState StateOf(string item, ReadOnlySpan<char> value, DateTimeOffset captured)
    {
        if (IsHashedAs(item, value.Length) && (DigitText.IsDigest(value) || IsMarkedDigest(value)))
        {
            return FindingState.Hashed;
        }

        return ItemFormats.Match(item, value, captured, isOnly: true)?.State ?? FindingState.Clear;
    }

    // Google's em.jfc_LN8Z…: what it is, and the digest's bytes in base64url.
    private static bool IsMarkedDigest(ReadOnlySpan<char> value)
    {
        Span<byte> bytes = stackalloc byte[DigestText.Longest];
        return value.IndexOf('.') is > 0 and var dot && DigestText.Decode(value[(dot + 1)..], bytes) > 0;
    }

    private static bool IsHashedAs(string item, int length) => ItemTaxonomy.Find(item)?.Group switch
    {
        "contact" or "national_id" or "financial" or "location" => true,
        "device_id" => item is "gaid" or "idfa" or "oaid" or "idfv" or "app_set_id" or "android_id" or "imei" or "mac" or "serial"
            && length >= ShortestCertainDigest,
        _ => false,
    };

    private static string Named(EndpointRule rule, RulePlace place) =>
        $"Rule {rule.Id} names this place ({RuleParts.Name(place.Part)} {place.Path.Text}) as {string.Join(" or ", place.Items.Select(ItemTaxonomy.EnglishName))}";

    private static string Reason(EndpointRule rule, string item, bool isZeroed)
    {
        var name = ItemTaxonomy.EnglishName(item);
        var what = isZeroed ? $"the placeholder for {name} that is not available" : name;
        var check = rule.IsUnchecked ? "; the rule is not checked against traffic" : "";
        return $"At this place of this endpoint {rule.Recipient} is sent {what} (rule {rule.Id}, pack {rule.Pack.Name} {rule.Pack.Version}{check}).";
    }
}
