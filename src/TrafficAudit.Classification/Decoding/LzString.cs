using System.Buffers;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// lz-string (pieroxy.net, lz-string 1.5), with which web pages pack what they store and send: six bits a character in base64 or in a URL,
/// fifteen in UTF-16. Only codes that end with the text, and make a text, are evidence.
/// </summary>
internal static class LzString
{
    private const int Shortest = 8;

    /// <summary>A character takes eight bits and more when it comes first: so many that are printable are no chance, repetitions are.</summary>
    private const int FewestCharacters = 8;

    private const int FewestDigits = 5;

    private static readonly SearchValues<char> Digits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-");

    /// <summary>Adds what digits of base64 or of a URL hold if they are such.</summary>
    public static bool TryDecodeDigits(DecodingRun run, Field field, ReadOnlySpan<char> text)
    {
        var digits = text.TrimEnd("=$");
        return digits.Length >= Shortest && digits.ContainsAnyInRange('g', 'z') && LzStringReader.BeginsWithText(digits, LzStringReader.DigitWidth) && !digits.ContainsAnyExcept(Digits)
            && TryAdd(run, field, digits, LzStringReader.DigitWidth);
    }

    /// <summary>Adds what characters of fifteen bits hold; their encoder ends them with a blank.</summary>
    public static bool TryDecodeWide(DecodingRun run, Field field, ReadOnlySpan<char> text) =>
        text.EndsWith(" ") && !System.Text.Ascii.IsValid(text) && LzStringReader.BeginsWithText(text, LzStringReader.WideWidth)
        && TryAdd(run, field, text[..^1], LzStringReader.WideWidth);

    /// <summary>A telephone number has few characters, but that all of them are digits is less of a chance.</summary>
    private static bool IsVaried(string plain) =>
        plain.Distinct().Take(FewestCharacters).Count() is var count && (count == FewestCharacters || (count >= FewestDigits && !plain.AsSpan().ContainsAnyExcept("0123456789+- ")));

    private static bool TryAdd(DecodingRun run, Field field, ReadOnlySpan<char> text, int width)
    {
        var reader = new LzStringReader(text, width);
        var most = Math.Min(run.BytesLeft, (long)text.Length * run.Limits.ExpansionRatio);
        if (reader.Read((int)most) is not { } plain || !IsVaried(plain)
            || !Printable.IsPlausible(System.Text.Encoding.UTF8.GetBytes(plain))
            || !run.TryStep(Scope.Under(field), Decodings.LzString, plain.Length, out var scope))
        {
            return false;
        }

        LeafDecoder.AddText(run, scope, null, -1, plain, 0, 0);
        return true;
    }
}
