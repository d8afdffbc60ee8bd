using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Payment cards and bank accounts.</summary>
internal static class PaymentFormats
{
    private const int ShortestIban = 15;
    private const int LongestIban = 34;

    /// <summary>A card number: known issuer range with its length, and Luhn's check. Groups may be divided by blanks or hyphens.</summary>
    public static FormatMatch? Card(ReadOnlySpan<char> value)
    {
        Span<char> buffer = stackalloc char[DigitText.MaxDigits];
        if (value.Length is < 13 or > 23)
        {
            return null;
        }

        var count = DigitText.Read(value, " -", buffer);
        if (count < 13)
        {
            return MaskedCard(value);
        }

        var digits = buffer[..count];
        return IsIssued(digits) && CheckDigits.Luhn(digits)
            ? new FormatMatch("card_number", "a card number whose issuer range, length and check digit fit", IsChecked: true)
            : null;
    }

    /// <summary>A card verification code: three or four digits.</summary>
    public static FormatMatch? VerificationCode(ReadOnlySpan<char> value) =>
        value.Length is 3 or 4 && DigitText.IsNumber(value) ? new FormatMatch("card_cvc", "a card verification code's format") : null;

    /// <summary>The last four digits of a card, where the key says that they are.</summary>
    public static FormatMatch? LastDigits(ReadOnlySpan<char> value) =>
        value.Length == 4 && DigitText.IsNumber(value) ? new FormatMatch("card_number", "a card's last four digits", State: FindingState.Masked) : null;

    /// <summary>A card's expiry: MM/YY, MMYY, MM/YYYY, YYMM, or a month or year of its own.</summary>
    public static FormatMatch? Expiry(ReadOnlySpan<char> value)
    {
        if (value.Length <= 2 || (value.Length == 4 && value.StartsWith("20")))
        {
            return IsMonthOrYear(value) ? new FormatMatch("card_expiry", "a month or year of a card's expiry") : null;
        }

        Span<char> digits = stackalloc char[DigitText.MaxDigits];
        var count = DigitText.Read(value, "/- ", digits);
        var isExpiry = count switch
        {
            4 => IsMonthYear(digits[..2], digits[2..4]) || IsMonthYear(digits[2..4], digits[..2]),
            6 => digits[2..4] is "20" && IsMonthYear(digits[..2], digits[4..6]),
            _ => false,
        };
        return isExpiry ? new FormatMatch("card_expiry", "a card expiry's format") : null;
    }

    /// <summary>A bank account's digits: ten to fourteen, perhaps in groups. Banks' check digits are secret.</summary>
    public static FormatMatch? BankAccount(ReadOnlySpan<char> value, DateTimeOffset captured)
    {
        Span<char> digits = stackalloc char[DigitText.MaxDigits];
        var count = DigitText.Read(value, "-", digits);
        return count is >= 10 and <= 14 && !DigitText.IsTimeNear(value, captured) && !digits.StartsWith("010")
            ? new FormatMatch("bank_account", "an account number's format")
            : null;
    }

    /// <summary>An IBAN (ISO 13616), perhaps in groups of four: country, check digits, account.</summary>
    public static FormatMatch? Iban(ReadOnlySpan<char> value)
    {
        Span<char> characters = stackalloc char[LongestIban];
        var count = 0;
        foreach (var c in value)
        {
            if (c == ' ')
            {
                continue;
            }

            if (count == LongestIban || !(char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)))
            {
                return null;
            }

            characters[count++] = c;
        }

        return count >= ShortestIban && char.IsAsciiLetterUpper(characters[0]) && char.IsAsciiLetterUpper(characters[1])
            && DigitText.IsNumber(characters[2..4]) && CheckDigits.Iban(characters[..count])
            ? new FormatMatch("bank_account", "an IBAN whose check digits fit", IsChecked: true)
            : null;
    }

    /// <summary>A Korean business registration number: ten digits, 123-45-67890, and its check digit.</summary>
    public static FormatMatch? BusinessNumber(ReadOnlySpan<char> value)
    {
        Span<char> digits = stackalloc char[DigitText.MaxDigits];
        return (value.Length == 10 || (value.Length == 12 && value[3] == '-' && value[6] == '-'))
            && DigitText.Read(value, "-", digits) == 10 && CheckDigits.BusinessNumber(digits) && digits[..10].ContainsAnyExcept(digits[0])
            ? new FormatMatch("business_reg_no", "a Korean business registration number whose check digit fits", IsChecked: true)
            : null;
    }

    private static bool IsMonthYear(ReadOnlySpan<char> month, ReadOnlySpan<char> year) =>
        CheckDigits.Two(month, 0) is >= 1 and <= 12 && CheckDigits.Two(year, 0) is >= 20 and <= 49;

    private static bool IsMonthOrYear(ReadOnlySpan<char> value) => DigitText.IsNumber(value) && int.Parse(value) is (>= 1 and <= 12) or (>= 20 and <= 49) or (>= 2020 and <= 2049);

    // Issuer ranges with their lengths (ISO/IEC 7812). 1xxx is no card: shops number their products so.
    private static bool IsIssued(ReadOnlySpan<char> digits)
    {
        var (two, three, four) = (Prefix(digits, 2), Prefix(digits, 3), Prefix(digits, 4));
        return digits.Length switch
        {
            13 => digits[0] == '4',
            14 => three is >= 300 and <= 305 || two is 36 or 38 or 39,
            15 => two is 34 or 37,
            16 => digits[0] == '4' || two is (>= 51 and <= 55) or 62 or 65 || four is (>= 2221 and <= 2720) or 6011 or (>= 3528 and <= 3589)
                || three is >= 644 and <= 649 || digits[0] == '9',
            17 or 18 => two == 62,
            19 => two == 62 || digits[0] == '4',
            _ => false,
        };
    }

    private static int Prefix(ReadOnlySpan<char> digits, int length)
    {
        var value = 0;
        foreach (var digit in digits[..length])
        {
            value = (value * 10) + digit - '0';
        }

        return value;
    }

    // 411111******1111, ****-****-****-1111
    private static FormatMatch? MaskedCard(ReadOnlySpan<char> value)
    {
        var (stars, digits) = (0, 0);
        foreach (var c in value)
        {
            stars += c is '*' or 'X' or 'x' ? 1 : 0;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        var isMasked = stars >= 4 && digits >= 4 && stars + digits is >= 13 and <= 19
            && !value.ContainsAnyExcept("0123456789*Xx- ") && DigitText.IsNumber(value[^4..]);
        return isMasked
            ? new FormatMatch("card_number", "a card number with some digits masked", State: FindingState.Masked)
            : null;
    }
}
