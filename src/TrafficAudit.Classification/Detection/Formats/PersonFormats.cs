using System.Buffers;
using System.Collections.Frozen;
using TrafficAudit.Classification.Rules;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Facts about a person that have a format of their own; all of them too common to mean anything without a key.</summary>
internal static class PersonFormats
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Genders = FrozenSet.ToFrozenSet(
        ["m", "f", "male", "female", "남", "여", "남자", "여자", "남성", "여성", "男", "女"], StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Family names that nine of ten Koreans have, and those of two syllables.</summary>
    private static readonly SearchValues<char> Surnames = SearchValues.Create(
        "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모");

    private static readonly string[] LongSurnames = ["남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방"];

    /// <summary>A Korean name: a family name and one or two syllables, perhaps with a blank, or some of it masked (홍*동). Most nouns look so: under a key only.</summary>
    public static FormatMatch? KoreanName(ReadOnlySpan<char> value)
    {
        if (value.Length is < 2 or > 5 || value[0] is < '가' or > '힣')
        {
            return null;
        }

        var (syllables, masked) = (0, 0);
        for (var i = 0; i < value.Length; i++)
        {
            syllables += value[i] is >= '가' and <= '힣' ? 1 : 0;
            masked += value[i] is '*' or '○' ? 1 : 0;
        }

        var isBlank = value.Count(' ') == 1 && value[^1] != ' ';
        var letters = syllables + masked;
        var isLong = false;
        foreach (var surname in LongSurnames)
        {
            isLong |= value.StartsWith(surname);
        }

        if (letters + (isBlank ? 1 : 0) != value.Length || !(Surnames.Contains(value[0]) || isLong) || letters < 2 || letters > (isLong ? 4 : 3))
        {
            return null;
        }

        return masked > 0
            ? new FormatMatch("name", "a Korean name with some of it masked", State: FindingState.Masked)
            : new FormatMatch("name", "a Korean name's format");
    }

    /// <summary>A day of birth without its year (MMDD), beside a key that names the year, as Kakao gives them.</summary>
    public static FormatMatch? Birthday(in KeyContext key, ReadOnlySpan<char> value)
    {
        if (value.Length != 4 || !DigitText.IsNumber(value) || !CheckDigits.IsDate(2000, CheckDigits.Two(value, 0), CheckDigits.Two(value, 2)))
        {
            return null;
        }

        foreach (var sibling in key.Siblings)
        {
            if (sibling.Key is { } other && KeyLexicon.BuiltIn.Read(other).Name is "birthyear" or "yob" && sibling.Text is { Length: 4 } year && DigitText.IsNumber(year))
            {
                return new FormatMatch("dob", "a day of birth beside its year");
            }
        }

        return null;
    }

    /// <summary>An age, or a range of ages (20~29, 20대).</summary>
    public static bool IsAge(ReadOnlySpan<char> value)
    {
        var first = value.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : value.Length;
        var rest = value[first..];
        return first is 1 or 2 && (rest.IsEmpty || rest is "대" or "s" || (rest[0] is '~' or '-' && rest.Length is 2 or 3 && DigitText.IsNumber(rest[1..])));
    }

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
