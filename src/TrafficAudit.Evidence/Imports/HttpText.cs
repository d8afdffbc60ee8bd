using System.Buffers;

namespace TrafficAudit.Evidence.Imports;

/// <summary>What may stand in a head that is written from an imported file's fields.</summary>
internal static class HttpText
{
    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether <paramref name="text"/> is a token, as methods and field names are.</summary>
    public static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);

    /// <summary>RFC 9110, section 5.5: whoever gets CR, LF or NUL in a value replaces each with a space.</summary>
    public static string Clean(string value) => value.Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ').Trim(' ', '\t');
}
