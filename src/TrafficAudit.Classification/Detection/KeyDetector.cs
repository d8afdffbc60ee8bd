using System.Collections.Frozen;
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

    /// <summary>No picture or recording is shorter.</summary>
    private const int ShortestFile = 64;

    private static readonly FrozenSet<string> Files =
        FrozenSet.ToFrozenSet(["id_document_image", "face_image", "biometric_template", "photos_media", "audio"], StringComparer.Ordinal);

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

        if (Placeholders.BuiltIn.IsFor(meaning.Default, value))
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
        if (Paired(value, key, meaning) is { } paired)
        {
            return Agreeing(field, paired, value, key);
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

    // What has its format only together with the value beside it, or by what else the key says.
    private static FormatMatch? Paired(ReadOnlySpan<char> value, in KeyContext key, KeyMeaning meaning) => meaning.Items[0] switch
    {
        "gps_location" => LocationFormats.Half(key, value) ?? (key.Key.Contains("hash", StringComparison.OrdinalIgnoreCase) ? LocationFormats.Geohash(value) : null),
        "card_number" when key.Key.Contains("last", StringComparison.OrdinalIgnoreCase) => PaymentFormats.LastDigits(value),
        "dob" => PersonFormats.Birthday(key, value),
        _ => null,
    };

    /// <summary>
    /// The candidate for a format under a key that names its item; F when the keys above say that it is somebody else's, or when it is a sample that
    /// stands in documentation everywhere.
    /// </summary>
    public static Candidate Agreeing(Field field, FormatMatch match, ReadOnlySpan<char> value, in KeyContext key)
    {
        var owner = key.FindOwner();
        if (owner.IsForeignTo(match.Item) || (owner.IsFilter && match.Item == "gender"))
        {
            return Shown(field, match, value, $"It is {match.Form}, under a key that names {Name(match.Item)}, but inside a thing's or a company's data.");
        }

        if (Traps.BuiltIn.IsSample(match.Item, value))
        {
            return Shown(field, match, value, $"It is {match.Form}, and the key names {Name(match.Item)}, but it is a sample that stands in documentation everywhere.");
        }

        var strength = match.IsChecked ? Strength.C : Strength.D;
        var reason = $"It is {match.Form}, and the key names {Name(match.Item)}.";
        return new Candidate(field, match.Item, Detector.Pattern, strength, match.State, reason, value.ToString());
    }

    /// <summary>The candidate for a format without a key: shown only, unless its own checks prove it.</summary>
    public static Candidate FormatAlone(Field field, FormatMatch match, ReadOnlySpan<char> value) =>
        match.IsProof
            ? new(field, match.Item, Detector.Pattern, Strength.C, match.State, $"It is {match.Form}; nothing else looks like that, so that no key is needed.", value.ToString())
            : Shown(field, match, value, $"It is {match.Form}; its key says nothing.");

    private static Candidate Shown(Field field, FormatMatch match, ReadOnlySpan<char> value, string reason) =>
        new(field, match.Item, Detector.Pattern, Strength.F, match.State, reason, value.ToString());

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
        if (owner.IsForeignTo(item) || (needed == StandsAlone.Person && !owner.IsPerson))
        {
            notes?.Add(Detector.Key, owner.IsForeignTo(item) ? "The keys above say that it is a thing's or a company's." : "No key says that it is a person's.");
            return null;
        }

        if (Files.Contains(item))
        {
            notes?.Add(Detector.Key, "The key names a file, and this is none.");
            return null;
        }

        if (needed == StandsAlone.Device && !IsToldByThePhone(field, owner))
        {
            notes?.Add(Detector.Key, "A server says it, and no key that it is the phone's: it may be a thing's.");
            return null;
        }

        if (Traps.BuiltIn.IsSample(item, value))
        {
            notes?.Add(Detector.Key, "The value is a sample that stands in documentation everywhere.");
            return null;
        }

        if (isDigest)
        {
            return Candidate(field, item, FindingState.Hashed, $"The key names {Name(item)}, and the value has a digest's format.", value);
        }

        // Hangul looks like a name too often to be one by its format: the key must do as well as without it.
        var isPlausible = PlausibleValue.Of(item, value);
        if (item == "name" && PersonFormats.KoreanName(value) is { } name && (isPlausible || name.State == FindingState.Masked))
        {
            return Agreeing(field, name, value, key);
        }

        if (isPlausible)
        {
            return Candidate(field, item, FindingState.Clear, $"The key names {Name(item)}, and the value is no placeholder.", value);
        }

        notes?.Add(Detector.Key, $"The value can't be {Name(item)}: too short or long, or with characters that it never has.");
        return null;
    }

    /// <summary>A file under a key that says what it shows; its bytes are not looked at.</summary>
    public static Candidate? DetectFile(Field field, in KeyContext key)
    {
        if (key.Meaning is not { Alone: not StandsAlone.Never } meaning || field.Bytes.Length < ShortestFile || !Files.Contains(meaning.Default)
            || !IsToldByThePhone(field, key.FindOwner()))
        {
            return null;
        }

        var reason = $"The key names {Name(meaning.Default)}, and the value is a file of {field.Bytes.Length} bytes.";
        return new Candidate(field, meaning.Default, Detector.Key, Strength.E, FindingState.Clear, reason, $"{field.Bytes.Length} bytes");
    }

    private static bool IsToldByThePhone(Field field, Owner owner) =>
        !owner.IsFilter && (owner.IsDevice || field.Message is MessageKind.Request or MessageKind.WebSocketSent);

    private static Candidate Candidate(Field field, string item, FindingState state, string reason, ReadOnlySpan<char> value) =>
        new(field, item, Detector.Key, Strength.E, state, reason, value.ToString());

    private static string Names(KeyMeaning meaning) => string.Join(" or ", meaning.Items.Select(Name));

    private static string Name(string item) => ItemTaxonomy.EnglishName(item);
}
