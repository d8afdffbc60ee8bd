using System.Collections.Frozen;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Facts about a person that have a format of their own; all of them too common to mean anything without a key.</summary>
internal static class PersonFormats
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Genders = FrozenSet.ToFrozenSet(
        ["m", "f", "male", "female", "남", "여", "남자", "여자", "남성", "여성", "男", "女"], StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A gender in a few languages.</summary>
    public static FormatMatch? Gender(ReadOnlySpan<char> value) =>
        value.Length <= 6 && Genders.Contains(value) ? new FormatMatch("gender", "a gender") : null;

    /// <summary>A date of birth: a whole date since 1900 (with any or no separator, also of two-digit years), or a year.</summary>
    public static FormatMatch? BirthDate(ReadOnlySpan<char> value, DateTimeOffset captured)
    {
        Span<char> digits = stackalloc char[DigitText.MaxDigits];
        var time = value.IndexOfAny('T', ' ');
        var count = DigitText.Read(time >= 8 ? value[..time] : value, "-./", digits);
        var isBirth = count switch
        {
            4 => IsYear(digits, captured),
            6 => CheckDigits.IsDate(2000 + CheckDigits.Two(digits, 0), CheckDigits.Two(digits, 2), CheckDigits.Two(digits, 4)),
            8 => IsYear(digits, captured) && CheckDigits.IsDate(CheckDigits.Four(digits, 0), CheckDigits.Two(digits, 4), CheckDigits.Two(digits, 6)),
            _ => false,
        };
        return isBirth ? new FormatMatch("dob", "a date") : null;
    }

    /// <summary>A Korean postcode (01000 to 63644, or the older 000-000) or a Chinese one (six digits).</summary>
    public static FormatMatch? Postcode(ReadOnlySpan<char> value)
    {
        var isKorean = value.Length == 5 && DigitText.IsNumber(value) && int.Parse(value) is >= 1000 and <= 63644;
        var isOld = value.Length == 7 && value[3] == '-' && DigitText.IsNumber(value[..3]) && DigitText.IsNumber(value[4..]);
        var isChinese = value.Length == 6 && DigitText.IsNumber(value) && value[0] <= '8';
        return isKorean || isOld || isChinese ? new FormatMatch("postcode", "a postcode's format") : null;
    }

    private static bool IsYear(ReadOnlySpan<char> digits, DateTimeOffset captured) =>
        CheckDigits.Four(digits, 0) is >= 1900 and var year && year <= captured.Year;
}
