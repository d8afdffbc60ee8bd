using System.Buffers;
using System.Buffers.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// base64 and base64url (RFC 4648) of a whole text, with right, wrong or no padding. Any word of letters and digits could be one, so what
/// comes out must be text or a compressed blob.
/// </summary>
internal static class Base64Decoder
{
    /// <summary>Six bytes; shorter words come out as letters by chance.</summary>
    private const int Shortest = 8;

    /// <summary>No token or key in usual form is longer, so it certainly encodes something, read or not.</summary>
    private const int CertainlyData = 128;

    private const int StackChars = 512;
    private const int MostPadding = 3;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    /// <summary>Adds what the text holds if it is such.</summary>
    public static bool TryDecode(DecodingRun run, Field field, ReadOnlySpan<char> text, bool plusIsSpace)
    {
        // Android's encoder ends with a line feed and breaks lines.
        var digits = text.TrimEnd("\r\n");
        digits = digits.TrimEnd('=') is var bare && digits.Length - bare.Length <= MostPadding ? bare : digits;
        if (digits.Length < Shortest)
        {
            return false;
        }

        var odd = digits.IndexOfAnyExcept(Alphabet);
        if (odd >= 0 && !(digits[odd] is '\r' or '\n' || (plusIsSpace && digits[odd] == ' ')))
        {
            return false;
        }

        return HasMixedCharacters(digits) && TryDecode(run, field, digits);
    }

    /// <summary>Words are of one case, numbers of digits; six bits a character hit upper case and something else soon.</summary>
    public static bool HasMixedCharacters(ReadOnlySpan<char> digits) =>
        digits.ContainsAnyInRange('A', 'Z') && (digits.ContainsAnyInRange('a', 'z') || digits.ContainsAnyInRange('0', '9'));

    private static bool TryDecode(DecodingRun run, Field field, ReadOnlySpan<char> digits)
    {
        var buffer = digits.Length <= StackChars ? stackalloc byte[StackChars + 4] : new byte[digits.Length + 4];
        if (!TryNormalize(digits, buffer, out var length, out var isUrl))
        {
            return false;
        }

        return Base64.DecodeFromUtf8InPlace(buffer[..length], out var written) == OperationStatus.Done
            && GuessedBytes.TryAdd(run, field, isUrl ? Decodings.Base64Url : Decodings.Base64, buffer[..written], isCertain: length >= CertainlyData);
    }

    /// <summary>
    /// Into the standard alphabet, without line breaks, with right padding; false when two alphabets are mixed or the length is impossible.
    /// </summary>
    private static bool TryNormalize(ReadOnlySpan<char> digits, Span<byte> output, out int length, out bool isUrl)
    {
        length = 0;
        isUrl = false;
        var isStandard = false;
        foreach (var c in digits)
        {
            if (c is '\r' or '\n')
            {
                continue;
            }

            isStandard |= c is '+' or '/' or ' ';
            isUrl |= c is '-' or '_';
            output[length++] = c switch
            {
                '-' or ' ' => (byte)'+',
                '_' => (byte)'/',
                >= '\x80' => 0,
                _ => (byte)c,
            };
        }

        if ((isUrl && isStandard) || length % 4 == 1)
        {
            return false;
        }

        while (length % 4 != 0)
        {
            output[length++] = (byte)'=';
        }

        return true;
    }
}
