using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Numbers by which states know people.</summary>
internal static class NationalIdFormats
{
    private const int ResidentDigits = 13;

    /// <summary>
    /// A Korean resident (7th digit 0-4, 9) or alien (5-8) registration number, with or without its hyphen: the birth date must exist;
    /// the check digit only raises the strength, since numbers issued after October 2020 have none.
    /// </summary>
    public static FormatMatch? Resident(ReadOnlySpan<char> value)
    {
        Span<char> buffer = stackalloc char[DigitText.MaxDigits];
        var hyphen = value.Length == ResidentDigits + 1 && value[6] == '-';
        if (!hyphen && value.Length != ResidentDigits)
        {
            return null;
        }

        if (!value[(hyphen ? 8 : 7)..].ContainsAnyExcept('*', 'X') && IsBirth(value, hyphen ? 7 : 6))
        {
            return Named(value[hyphen ? 7 : 6], isChecked: false, FindingState.Masked);
        }

        if (DigitText.Read(value, "-", buffer) != ResidentDigits || !IsBirth(buffer, 6))
        {
            return null;
        }

        return Named(buffer[6], CheckDigits.ResidentNumber(buffer[..ResidentDigits]), FindingState.Clear);
    }

    /// <summary>One half of a resident number sent in two fields: six digits that are a date, or seven that begin with 1 to 8.</summary>
    public static FormatMatch? ResidentHalf(ReadOnlySpan<char> value) =>
        DigitText.IsNumber(value) && ((value.Length == 7 && value[0] is >= '1' and <= '8') || (value.Length == 6 && IsDateOfCentury(value, 2000)))
            ? new FormatMatch("rrn", "half of a Korean resident registration number", State: FindingState.Masked)
            : null;

    /// <summary>A Korean personal customs clearance code: P and twelve digits. Its check rule is not public.</summary>
    public static FormatMatch? Customs(ReadOnlySpan<char> value) =>
        value.Length == 13 && value[0] is 'P' or 'p' && DigitText.IsNumber(value[1..])
            ? new FormatMatch("pccc", "a personal customs clearance code")
            : null;

    /// <summary>
    /// A Korean driver's licence number: region 11-26 or 28, year, six digits, two digits; older ones begin with the region's name (서울 05-123456-12).
    /// </summary>
    public static FormatMatch? DriverLicense(ReadOnlySpan<char> value)
    {
        Span<char> digits = stackalloc char[DigitText.MaxDigits];
        if (value is [>= '가' and <= '힣', >= '가' and <= '힣', ..] && DigitText.Read(value[2..].TrimStart(" -"), "-", digits) == 10
            && value.Length is >= 12 and <= 15)
        {
            return new FormatMatch("driver_license_no", "a Korean driver's licence number of the older form");
        }

        if (DigitText.Read(value, "-", digits) != 12
            || !(value.Length == 12 || (value.Length == 15 && value[2] == '-' && value[5] == '-' && value[12] == '-')))
        {
            return null;
        }

        return CheckDigits.Two(digits, 0) is (>= 11 and <= 26) or 28
            ? new FormatMatch("driver_license_no", "a Korean driver's licence number")
            : null;
    }

    /// <summary>
    /// A US social security number. It has no check digit: numbers that were never given out (000, 666, 9xx …) are none, nor are those of one digit or in a row.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="isNamed">Whether the key names it; only then nine bare digits are one.</param>
    public static FormatMatch? SocialSecurity(ReadOnlySpan<char> value, bool isNamed)
    {
        Span<char> buffer = stackalloc char[DigitText.MaxDigits];
        var isGrouped = value.Length == 11 && value[3] == '-' && value[6] == '-';
        if (!(isGrouped || (isNamed && value.Length == 9)) || DigitText.Read(value, "-", buffer) != 9)
        {
            return null;
        }

        var digits = buffer[..9];
        var isNone = digits.StartsWith("000") || digits.StartsWith("666") || digits[0] == '9' || digits[3..5] is "00" || digits[5..] is "0000"
            || digits is "123456789" || digits.StartsWith("98765432") || !digits.ContainsAnyExcept(digits[0]);
        return isNone ? null : new FormatMatch("foreign_national_id", "a US social security number's format");
    }

    /// <summary>A Chinese resident identity number (GB 11643): region, birth date and check character.</summary>
    public static FormatMatch? ChineseIdentity(ReadOnlySpan<char> value) =>
        value.Length == 18 && DigitText.IsNumber(value[..17]) && (char.IsAsciiDigit(value[17]) || value[17] is 'X' or 'x')
            && CheckDigits.Two(value, 0) is >= 11 and <= 82 && CheckDigits.Two(value, 6) is >= 18 and <= 20
            && CheckDigits.IsDate(CheckDigits.Four(value, 6), CheckDigits.Two(value, 10), CheckDigits.Two(value, 12))
            && CheckDigits.ChineseIdentity(value)
            ? new FormatMatch("foreign_national_id", "a Chinese resident identity number whose check character fits", IsChecked: true)
            : null;

    private static bool IsBirth(ReadOnlySpan<char> number, int genderAt) =>
        DigitText.IsNumber(number[..6]) && char.IsAsciiDigit(number[genderAt])
        && IsDateOfCentury(number, number[genderAt] switch { '0' or '9' => 1800, '1' or '2' or '5' or '6' => 1900, _ => 2000 });

    private static bool IsDateOfCentury(ReadOnlySpan<char> digits, int century) =>
        CheckDigits.IsDate(century + CheckDigits.Two(digits, 0), CheckDigits.Two(digits, 2), CheckDigits.Two(digits, 4));

    private static FormatMatch Named(char gender, bool isChecked, FindingState state)
    {
        var (item, name) = gender is >= '5' and <= '8'
            ? ("arc", "a Korean alien registration number")
            : ("rrn", "a Korean resident registration number");
        var form = (state, isChecked) switch
        {
            (FindingState.Masked, _) => $"{name} with its last digits masked",
            (_, true) => $"{name} whose date and check digit fit",
            _ => $"{name} whose date exists",
        };
        return new FormatMatch(item, form, isChecked, state);
    }
}
