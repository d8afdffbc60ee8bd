using PhoneNumbers;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>
/// Phone numbers of people: Korean mobile, landline, VoIP and relay numbers, Chinese mobile numbers, and whatever libphonenumber holds
/// valid behind a +. Company numbers (1588-…), toll-free and premium ones are none. A national number needs its leading 0: without it
/// every Unix time looks like one.
/// </summary>
internal static class PhoneFormat
{
    private const string Separators = "+-. ()";
    private const int ShortestNumber = 9;
    private const int LongestNumber = 15;

    /// <summary>The phone number that the whole of <paramref name="value"/> is.</summary>
    /// <param name="value">A trimmed text.</param>
    /// <param name="captured">When the flow was captured: times near it are no numbers.</param>
    /// <param name="isNamed">Whether the key says that this is a phone number; only then Chinese and international numbers without + count.</param>
    public static FormatMatch? Match(ReadOnlySpan<char> value, DateTimeOffset captured, bool isNamed)
    {
        Span<char> buffer = stackalloc char[DigitText.MaxDigits];
        if (value.Length is < ShortestNumber or > 30)
        {
            return null;
        }

        var count = DigitText.Read(value, Separators, buffer);
        if (count is < ShortestNumber or > LongestNumber)
        {
            return isNamed ? Masked(value) : null;
        }

        var digits = (ReadOnlySpan<char>)buffer[..count];
        if (value.LastIndexOf('+') > 0)
        {
            return null;
        }

        if (Korean(digits, value[0] == '+') is { } korean)
        {
            return korean;
        }

        if (value[0] == '+')
        {
            return International(value);
        }

        return isNamed ? Named(digits, captured) : null;
    }

    private static FormatMatch? Named(ReadOnlySpan<char> digits, DateTimeOffset captured)
    {
        var mobile = digits.Length == 13 && digits.StartsWith("86") ? digits[2..] : digits;
        if (IsChineseMobile(mobile))
        {
            return new FormatMatch("phone", "a Chinese mobile number");
        }

        // With country code but without +: fewer than twelve digits are too often just any number (12345678901 is a valid one).
        return digits.Length >= 12 && digits[0] != '0' && !DigitText.IsTimeNear(digits, captured) ? International($"+{digits}") : null;
    }

    private static FormatMatch? Korean(ReadOnlySpan<char> digits, bool hasPlus)
    {
        ReadOnlySpan<char> national;
        if (digits.StartsWith("82") && (hasPlus || digits.Length >= 11))
        {
            national = digits[2] == '0' ? digits[3..] : digits[2..];
        }
        else if (digits.StartsWith("0082"))
        {
            national = digits[4] == '0' ? digits[5..] : digits[4..];
        }
        else if (!hasPlus && digits[0] == '0')
        {
            national = digits[1..];
        }
        else
        {
            return null;
        }

        return national switch
        {
            ['1', '0', ..] when national.Length == 10 => new FormatMatch("phone", "a Korean mobile number"),
            ['1', '1' or (>= '6' and <= '9'), ..] when national.Length is 9 or 10 => new FormatMatch("phone", "a Korean mobile number"),
            ['5', '0', ..] when national.Length is 10 or 11 => new FormatMatch("safe_phone", "a Korean relay number"),
            ['7', '0', ..] when national.Length == 10 => new FormatMatch("phone", "a Korean VoIP number"),
            ['2', >= '1' and <= '9', ..] when national.Length is 8 or 9 => new FormatMatch("phone", "a Korean landline number"),
            [>= '3' and <= '6', >= '1' and <= '5', >= '1' and <= '9', ..] when national.Length is 9 or 10 && IsKoreanArea(national)
                => new FormatMatch("phone", "a Korean landline number"),
            _ => null,
        };
    }

    // 031-033, 041-044, 051-055, 061-064
    private static bool IsKoreanArea(ReadOnlySpan<char> national) =>
        national[1] <= (national[0] switch { '3' => '3', '4' => '4', '5' => '5', _ => '4' });

    private static bool IsChineseMobile(ReadOnlySpan<char> digits) =>
        digits.Length == 11 && digits[0] == '1' && digits[1] switch
        {
            '3' or '8' => true,
            '4' => digits[2] is '5' or '7',
            '5' or '9' => digits[2] != '4',
            '6' => digits[2] is '2' or '5' or '6' or '7',
            '7' => digits[2] is not ('4' or '9'),
            _ => false,
        };

    private static FormatMatch? International(ReadOnlySpan<char> value)
    {
        try
        {
            var util = PhoneNumberUtil.GetInstance();
            var number = util.Parse(value.ToString(), defaultRegion: null);
            return util.IsValidNumber(number) && util.GetNumberType(number) is not (PhoneNumberType.TOLL_FREE or PhoneNumberType.PREMIUM_RATE)
                ? new FormatMatch("phone", "an international phone number")
                : null;
        }
        catch (NumberParseException)
        {
            return null; // no phone number
        }
    }

    // 010-****-1234
    private static FormatMatch? Masked(ReadOnlySpan<char> value)
    {
        var stars = value.Count('*');
        return stars >= 2 && stars + DigitText.Count(value) is >= ShortestNumber and <= LongestNumber && DigitText.Count(value) >= 3
            && !value.ContainsAnyExcept("0123456789*-. ()+")
            ? new FormatMatch("phone", "a phone number with some digits masked", State: FindingState.Masked)
            : null;
    }
}
