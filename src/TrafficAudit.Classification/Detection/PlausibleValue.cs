using System.Buffers;
using TrafficAudit.Classification.Detection.Formats;
using TrafficAudit.Classification.Rules;
using TrafficAudit.Classification.Taxonomy;

namespace TrafficAudit.Classification.Detection;

/// <summary>Whether a value can be the item that its key names, where the item has no format to check: sorts out addresses of web
/// pages under <c>address</c>, labels under <c>name</c>, flags under anything.</summary>
internal static class PlausibleValue
{
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("0123456789_/\\<>{}[]|=@#%*:;?!+\"");
    private static readonly SearchValues<char> PassportLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static readonly SearchValues<char> NotInAddresses = SearchValues.Create("<>{}[]|=@%\\");

    /// <summary>Judges the trimmed <paramref name="value"/>.</summary>
    public static bool Of(string item, ReadOnlySpan<char> value) => item switch
    {
        "name" => value.Length is >= 2 and <= 60 && !value.ContainsAny(NotInNames) && IsNoLabel(value),
        "nickname" => value.Length is >= 2 and <= 60 && !value.Contains("://", StringComparison.Ordinal) && IsNoLabel(value),
        "postal_address" => value.Length is >= 4 and <= 300 && !value.ContainsAny(NotInAddresses) && IsAddress(value) && IsNoLabel(value),
        "dob" => PersonFormats.IsAge(value),
        "passport_no" => value.Length is >= 6 and <= 12 && DigitText.Count(value) >= 4 && !value.ContainsAnyExcept(PassportLetters),
        "screen" => value.IndexOfAnyInRange('0', '9') >= 0 && !value.ContainsAnyExcept("0123456789xX*×,. ") && value.Length is >= 2 and <= 20,
        "ram" or "storage" or "uptime_boot" or "volume_brightness" => value.Length <= 40 && char.IsAsciiDigit(value[0]),
        "search_query" => value.Length is >= 1 and <= 200 && !value.ContainsAny(NotInAddresses),
        "browsing_history" => value.Contains("://", StringComparison.Ordinal) || value.StartsWith("/"),
        _ when IsFree(item) => value.Length is >= 1 and <= 1_024,
        _ => value.Length is >= 4 and <= 512 && !value.ContainsAny(' ', '\t', '\n') && IsNoLabel(value),
    };

    // Words of a person or a phone about itself, of any form.
    private static bool IsFree(string item) =>
        ItemTaxonomy.Find(item) is { Group: "device_state" or "network" or "content" or "sensitive" }
        || item is "nationality" or "marital_family" or "coarse_location" or "interest_segment" or "interaction" or "otp";

    // A wallet, a MAC, an IP address or a URL is no place where somebody lives: those have no blank and no letter beyond ASCII.
    private static bool IsAddress(ReadOnlySpan<char> value) =>
        !value.Contains("://", StringComparison.Ordinal) && !DigitText.IsNumber(value)
        && (!System.Text.Ascii.IsValid(value) || value.Contains(' '));

    private static bool IsNoLabel(ReadOnlySpan<char> value) => !KeyLexicon.BuiltIn.IsLabel(value);
}
