using System.Globalization;
using System.Text;

namespace TrafficAudit.Capture.Doors;

/// <summary>Names of devices: what a person typed, made fit for terminals and tables; and a guess to start from.</summary>
internal static class DeviceName
{
    private const int Longest = 64;
    private const string Unnamed = "phone";

    /// <summary>
    /// One line of at most 64 characters. Control and format characters go: they could colour, move or reverse a terminal's text.
    /// </summary>
    public static string Clean(string? typed)
    {
        var clean = new StringBuilder();
        foreach (var rune in (typed ?? "").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var visible = category switch
            {
                UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.SpaceSeparator => new Rune(' '),
                UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => default,
                _ => rune,
            };
            if (clean.Length + visible.Utf16SequenceLength > Longest)
            {
                break;
            }

            if (visible != default)
            {
                clean.Append(visible.ToString());
            }
        }

        var name = clean.ToString().Trim();
        return name.Length == 0 ? Unnamed : name;
    }

    /// <summary>The kind or model of phone that a user agent names; browsers that hide the model say "K" (User-Agent reduction).</summary>
    public static string GuessFrom(string? userAgent)
    {
        var text = userAgent is { Length: > 512 } ? userAgent[..512] : userAgent ?? "";
        if (text.Contains("iPhone", StringComparison.Ordinal))
        {
            return "iPhone";
        }

        if (text.Contains("iPad", StringComparison.Ordinal))
        {
            return "iPad";
        }

        var android = text.IndexOf("Android", StringComparison.Ordinal);
        if (android < 0)
        {
            return Unnamed;
        }

        // "Android 14; SM-S911N Build/UP1A)": the model is what follows the version.
        var model = text[android..].Split(';', ')').ElementAtOrDefault(1)?.Split(" Build/")[0].Trim();
        return model is { Length: > 1 and <= 40 } and not ("Mobile" or "Tablet") ? Clean($"Android {model}") : "Android";
    }
}
