namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Check digits and dates inside numbers. All take ASCII digits only.</summary>
internal static class CheckDigits
{
    private static readonly int[] ResidentWeights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    private static readonly int[] ChineseWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Luhn's check (ISO/IEC 7812-1): cards, IMEI, ICCID.</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            digit = i % 2 == 1 ? digit * 2 : digit;
            sum += digit > 9 ? digit - 9 : digit;
        }

        return digits.Length > 0 && sum % 10 == 0;
    }

    /// <summary>
    /// The check of 13-digit resident and alien registration numbers issued before October 2020; later ones are random there, so that
    /// a failure proves nothing.
    /// </summary>
    public static bool ResidentNumber(ReadOnlySpan<char> digits)
    {
        var offset = digits[6] is >= '5' and <= '8' ? 13 : 11;
        return (offset - (Weighted(digits, ResidentWeights) % 11)) % 10 == digits[12] - '0';
    }

    /// <summary>The check of an 18-character Chinese resident identity number (GB 11643).</summary>
    public static bool ChineseIdentity(ReadOnlySpan<char> characters) =>
        "10X98765432"[Weighted(characters, ChineseWeights) % 11] == char.ToUpperInvariant(characters[17]);

    /// <summary>Whether such a day exists.</summary>
    public static bool IsDate(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    /// <summary>The number that two digits make.</summary>
    public static int Two(ReadOnlySpan<char> digits, int at) => ((digits[at] - '0') * 10) + digits[at + 1] - '0';

    /// <summary>The number that four digits make.</summary>
    public static int Four(ReadOnlySpan<char> digits, int at) => (Two(digits, at) * 100) + Two(digits, at + 2);

    private static int Weighted(ReadOnlySpan<char> digits, int[] weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }

        return sum;
    }
}
