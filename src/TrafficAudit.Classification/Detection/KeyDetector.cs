using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection.Formats;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Classification.Rules;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection;

/// <summary>Judges a whole value by what its key names: the key and a format that agree, or the key alone.</summary>
internal static class KeyDetector
{
    private const int LongestValue = 1_024;

    /// <summary>What key and value say together; null for nothing.</summary>
    public static Candidate? Detect(Field field, ReadOnlySpan<char> value, in KeyContext key, DateTimeOffset captured, FieldNotes? notes = null)
    {
        if (key.Meaning is not { } meaning || value.Length > LongestValue)
        {
            notes?.Add(Detector.Key, key.Meaning is null ? "The key names no item." : $"The value is longer than any item's ({LongestValue} characters).");
            return null;
        }

        if (Zeroed(field, value, meaning) is { } zeroed)
        {
            return zeroed;
        }

        if (Placeholders.BuiltIn.Contains(value))
        {
            notes?.Add(Detector.Key, $"The key names {Names(meaning)}; the value is a placeholder, so nothing was given away.");
            return null;
        }

        if (Format(field, value, key, meaning, captured) is { } agreeing)
        {
            return agreeing;
        }

        notes?.Add(Detector.Pattern, $"The key names {Names(meaning)}; the value does not have the format of that, as far as it has one.");
        return Alone(field, value, key, meaning, notes);
    }

    private static Candidate? Zeroed(Field field, ReadOnlySpan<char> value, KeyMeaning meaning)
    {
        foreach (var item in meaning.Items)
        {
            if (Placeholders.BuiltIn.IsZeroed(item, value))
            {
                var reason = $"The key names {Name(item)}; the value is the placeholder for one that is not available.";
                return new Candidate(field, item, Detector.Pattern, Strength.D, FindingState.Zeroed, reason, value.ToString());
            }
        }

        return null;
    }

    private static Candidate? Format(Field field, ReadOnlySpan<char> value, in KeyContext key, KeyMeaning meaning, DateTimeOffset captured)
    {
        if (meaning.Items.Contains("gps_location") && LocationFormats.Half(field, value) is { } half)
        {
            return Agreeing(field, half, value, key);
        }

        foreach (var item in meaning.Items)
        {
            if (ItemFormats.Match(item, value, captured, isOnly: meaning.Items.Length == 1) is { } match)
            {
                return Agreeing(field, match, value, key);
            }
        }

        return null;
    }

    /// <summary>The candidate for a format under a key that names its item; F when the keys above say that it is somebody else's.</summary>
    public static Candidate Agreeing(Field field, FormatMatch match, ReadOnlySpan<char> value, in KeyContext key)
    {
        var owner = key.FindOwner();
        if (owner.IsForeign || (owner.IsFilter && match.Item == "gender"))
        {
            var why = $"It is {match.Form}, under a key that names {Name(match.Item)}, but inside a thing's or a company's data.";
            return FormatAlone(field, match, value, why);
        }

        var strength = match.IsChecked ? Strength.C : Strength.D;
        var reason = $"It is {match.Form}, and the key names {Name(match.Item)}.";
        return new Candidate(field, match.Item, Detector.Pattern, strength, match.State, reason, value.ToString());
    }

    /// <summary>The candidate for a format without a key.</summary>
    public static Candidate FormatAlone(Field field, FormatMatch match, ReadOnlySpan<char> value, string? reason = null) =>
        new(field, match.Item, Detector.Pattern, Strength.F, match.State, reason ?? $"It is {match.Form}; its key says nothing.", value.ToString());

    private static Candidate? Alone(Field field, ReadOnlySpan<char> value, in KeyContext key, KeyMeaning meaning, FieldNotes? notes)
    {
        var item = meaning.Default;
        var isDigest = DigitText.IsDigest(value) && meaning.Digest != StandsAlone.Never;
        var needed = isDigest ? meaning.Digest : meaning.Alone;
        if (needed == StandsAlone.Never)
        {
            notes?.Add(Detector.Key, "This key names too many other things to be evidence by itself.");
            return null;
        }

        var owner = key.FindOwner();
        if (owner.IsForeign || (needed == StandsAlone.Person && !owner.IsPerson))
        {
            notes?.Add(Detector.Key, owner.IsForeign ? "The keys above say that it is a thing's or a company's." : "No key says that it is a person's.");
            return null;
        }

        if (isDigest)
        {
            return Candidate(field, item, FindingState.Hashed, $"The key names {Name(item)}, and the value has a digest's format.", value);
        }

        if (PlausibleValue.Of(item, value))
        {
            return Candidate(field, item, FindingState.Clear, $"The key names {Name(item)}, and the value is no placeholder.", value);
        }

        notes?.Add(Detector.Key, $"The value can't be {Name(item)}: too short or long, or with characters that it never has.");
        return null;
    }

    private static Candidate Candidate(Field field, string item, FindingState state, string reason, ReadOnlySpan<char> value) =>
        new(field, item, Detector.Key, Strength.E, state, reason, value.ToString());

    private static string Names(KeyMeaning meaning) => string.Join(" or ", meaning.Items.Select(Name));

    private static string Name(string item) => ItemTaxonomy.EnglishName(item);
}
