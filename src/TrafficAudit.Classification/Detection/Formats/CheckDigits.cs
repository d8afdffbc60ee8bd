namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Check digits and dates inside numbers. All take ASCII digits only.</summary>
internal static class CheckDigits
{
    private static readonly int[] ResidentWeights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    private static readonly int[] BusinessWeights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
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

    /// <summary>Luhn's check with hex digits (3GPP2 S.R0048-A, section 3.1.2): MEID. Takes hex digits only.</summary>
    public static bool HexLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = Convert.ToInt32(digits[^(i + 1)].ToString(), 16);
            digit = i % 2 == 1 ? digit * 2 : digit;
            sum += (digit / 16) + (digit % 16);
        }

        return digits.Length > 0 && sum % 16 == 0;
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

    /// <summary>The check of a 10-digit Korean business registration number.</summary>
    public static bool BusinessNumber(ReadOnlySpan<char> digits) =>
        (10 - ((Weighted(digits, BusinessWeights) + ((digits[8] - '0') * 5 / 10)) % 10)) % 10 == digits[9] - '0';

    /// <summary>The check of an IBAN without blanks (ISO 13616, ISO/IEC 7064 MOD 97-10). Takes capitals and digits only.</summary>
    public static bool Iban(ReadOnlySpan<char> characters)
    {
        var rest = 0;
        for (var i = 0; i < characters.Length; i++)
        {
            var value = Value36(characters[(i + 4) % characters.Length]);
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return rest == 1;
    }

    /// <summary>The check digit of a machine-readable travel document's field (ICAO Doc 9303, part 3, section 4.9): weights 7, 3, 1; <c>&lt;</c> is 0.</summary>
    public static int TravelDocument(params ReadOnlySpan<string> fields)
    {
        var (sum, at) = (0, 0);
        foreach (var field in fields)
        {
            foreach (var c in field)
            {
                sum += (c == '<' ? 0 : Value36(c)) * ((at++ % 3) switch { 0 => 7, 1 => 3, _ => 1 });
            }
        }

        return sum % 10;
    }

    /// <summary>Whether such a day exists.</summary>
    public static bool IsDate(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    /// <summary>The number that two digits make.</summary>
    public static int Two(ReadOnlySpan<char> digits, int at) => ((digits[at] - '0') * 10) + digits[at + 1] - '0';

    /// <summary>The number that four digits make.</summary>
    public static int Four(ReadOnlySpan<char> digits, int at) => (Two(digits, at) * 100) + Two(digits, at + 2);

    private static int Value36(char c) => char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;

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
