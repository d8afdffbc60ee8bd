namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Reads numbers that people write in groups.</summary>
internal static class DigitText
{
    /// <summary>The longest number that any format here has.</summary>
    public const int MaxDigits = 20;

    /// <summary>
    /// Copies the digits of <paramref name="text"/>, whose other characters must be among <paramref name="separators"/>.
    /// Returns how many there were; -1 when another character or more than <see cref="MaxDigits"/> digits were met.
    /// </summary>
    public static int Read(ReadOnlySpan<char> text, ReadOnlySpan<char> separators, Span<char> digits)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == MaxDigits)
                {
                    return -1;
                }

                digits[count++] = c;
            }
            else if (!separators.Contains(c))
            {
                return -1;
            }
        }

        return count;
    }

    /// <summary>Whether all of it is ASCII digits, and there is at least one.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>How many of the characters are ASCII digits.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether all of it is hex digits, and there is at least one.</summary>
    public static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    /// <summary>Whether it has the length and alphabet of an MD5, SHA-1 or SHA-256 in hex.</summary>
    public static bool IsDigest(ReadOnlySpan<char> text) => text.Length is 32 or 40 or 64 && IsHex(text);

    /// <summary>
    /// Whether a bare number is a time near the capture: within 15 years as seconds, milli-, micro- or nanoseconds since 1970. Times
    /// look like phone numbers without their 0 and, in some months, like resident registration numbers.
    /// </summary>
    public static bool IsTimeNear(ReadOnlySpan<char> number, DateTimeOffset captured)
    {
        const double FifteenYears = 15 * 365.25 * 86_400;
        var unit = number.Length switch { 10 => 1.0, 13 => 1e3, 16 => 1e6, 19 => 1e9, _ => 0 };
        return unit > 0 && long.TryParse(number, out var value)
            && Math.Abs((value / unit) - captured.ToUnixTimeSeconds()) < FifteenYears;
    }
}
