using System.Buffers;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>
/// Tokens of push services. Firebase's (<c>…:APA91b…</c>) are told by their mark and their lengths, and can be nothing else; Apple's are 64 hex digits,
/// which look like any SHA-256, so that they need a key.
/// </summary>
internal static class PushTokenFormats
{
    private const string Mark = ":APA91b";
    private const int InstallationLength = 22;
    private const int OlderLength = 11;
    private const int RestLength = 134;

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The token that the whole of <paramref name="value"/> is.</summary>
    public static FormatMatch? Match(ReadOnlySpan<char> value)
    {
        if (Find(value, 0) is { Start: 0 } found && found.Length == value.Length)
        {
            return found.Match;
        }

        return value.Length == 64 && DigitText.IsHex(value) ? new FormatMatch("push_token", "64 hex digits, an Apple push token's format") : null;
    }

    /// <summary>The first token of Firebase at or after <paramref name="from"/>; null if there is none.</summary>
    public static TextMatch? Find(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && text[from..].IndexOf(Mark) is >= 0 and var offset)
        {
            var mark = from + offset;
            var end = mark + Mark.Length + RestLength;
            var before = LettersBefore(text, mark);
            if (end <= text.Length && !text[(mark + Mark.Length)..end].ContainsAnyExcept(Letters) && (end == text.Length || !Letters.Contains(text[end]))
                && Of(text.Slice(mark - before, before)) is { } match)
            {
                return new TextMatch(match, mark - before, end - mark + before);
            }

            from = mark + Mark.Length;
        }

        return null;
    }

    /// <summary>A Firebase installation ID: 17 bytes in base64url, of which the first begins with 0111.</summary>
    public static bool IsInstallation(ReadOnlySpan<char> value) =>
        value.Length == InstallationLength && value[0] is >= 'c' and <= 'f' && !value.ContainsAnyExcept(Letters);

    private static FormatMatch? Of(ReadOnlySpan<char> sender) =>
        IsInstallation(sender) ? new FormatMatch("push_token", "a Firebase push token, with the installation's ID", IsChecked: true, IsProof: true)
            : sender.Length != OlderLength ? null
            : sender.StartsWith("AAAA")
                ? new FormatMatch("server_key", "a Firebase server key: who has it can send messages to everybody who has the app", IsChecked: true, IsProof: true)
            : new FormatMatch("push_token", "a Firebase push token of the older form", IsChecked: true, IsProof: true);

    private static int LettersBefore(ReadOnlySpan<char> text, int end)
    {
        var start = Math.Max(0, end - InstallationLength - 1);
        return end - start - 1 - text[start..end].LastIndexOfAnyExcept(Letters);
    }
}
