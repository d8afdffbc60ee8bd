using System.Buffers;
using TrafficAudit.Classification.Detection.Formats;

namespace TrafficAudit.Classification.Detection;

/// <summary>Finds formats inside any text, whatever its key. Linear; allocates only when something is found.</summary>
internal static class TextScan
{
    /// <summary>The most matches kept for one text.</summary>
    public const int MaxMatches = 8;

    private const int ShortestNumber = 9;
    private const string NumberSeparators = "-.() ";
    private static readonly SearchValues<char> DigitsAndAt = SearchValues.Create("0123456789@");

    /// <summary>The formats found, at most <see cref="MaxMatches"/>; null for none.</summary>
    public static List<TextMatch>? Find(ReadOnlySpan<char> text, DateTimeOffset captured)
    {
        List<TextMatch>? found = null;
        for (var at = text.IndexOfAny(DigitsAndAt); at >= 0; at = Next(text, at))
        {
            if (found?.Count >= MaxMatches)
            {
                return found;
            }

            if (text[at] == '@')
            {
                if (EmailFormat.Find(text, at) is { } email)
                {
                    (found ??= []).Add(email);
                    at = email.Start + email.Length - 1;
                }
            }
            else
            {
                var end = NumberEnd(text, at, out var digits);
                if (digits >= ShortestNumber && Number(text, at, end, digits, captured) is { } number)
                {
                    (found ??= []).Add(number);
                }

                at = end - 1;
            }
        }

        MarkedText.AddTo(text, ref found);
        return found;
    }

    private static int Next(ReadOnlySpan<char> text, int at)
    {
        var next = text[(at + 1)..].IndexOfAny(DigitsAndAt);
        return next < 0 ? -1 : at + 1 + next;
    }

    // A number in groups: digits with single separators between them. Blanks only after a +, since elsewhere they divide numbers.
    private static int NumberEnd(ReadOnlySpan<char> text, int start, out int digits)
    {
        var hasPlus = start > 0 && text[start - 1] == '+';
        digits = 0;
        var at = start;
        while (at < text.Length)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                digits++;
                at++;
                continue;
            }

            var isSeparator = NumberSeparators.Contains(text[at]) && (hasPlus || text[at] is '-' or '.');
            if (!isSeparator || at + 1 >= text.Length || !char.IsAsciiDigit(text[at + 1]))
            {
                break;
            }

            at++;
        }

        return at;
    }

    private static TextMatch? Number(ReadOnlySpan<char> text, int start, int end, int digits, DateTimeOffset captured)
    {
        if (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            return null;
        }

        var value = text[start..end];
        if (start > 0 && char.IsAsciiLetter(text[start - 1]))
        {
            return Customs(text, start - 1, end, captured);
        }

        if (DigitText.IsTimeNear(value, captured))
        {
            return null;
        }

        return Identifier(value, digits) is { } match ? new TextMatch(match, start, end - start) : Phone(text, start, end, captured);
    }

    // Customs codes carry their year of issue; they exist since 2011.
    private static TextMatch? Customs(ReadOnlySpan<char> text, int start, int end, DateTimeOffset captured)
    {
        var isFree = start == 0 || !char.IsAsciiLetterOrDigit(text[start - 1]);
        return isFree && NationalIdFormats.Customs(text[start..end]) is { } customs
            && CheckDigits.Two(text, start + 1) is >= 11 and var year && year <= captured.Year % 100
            ? new TextMatch(customs, start, end - start)
            : null;
    }

    private static FormatMatch? Identifier(ReadOnlySpan<char> value, int digits) => digits switch
    {
        9 => NationalIdFormats.SocialSecurity(value, isNamed: false),
        10 when value.Length == 12 && PaymentFormats.BusinessNumber(value) is { } business => business,
        12 when value.Length == 15 && NationalIdFormats.DriverLicense(value) is { } license => license,

        // A bare number fits in 1.5 of 100 cases; the check digit takes that to 0.15.
        13 when NationalIdFormats.Resident(value) is { } resident && (resident.IsChecked || value.Length == 14) => resident,
        15 when (DeviceFormats.Imei(value) ?? DeviceFormats.KoreanImsi(value)) is { } phone => phone,
        18 when NationalIdFormats.ChineseIdentity(value) is { } identity => identity,
        19 or 20 when DeviceFormats.Iccid(value) is { } sim => sim,
        >= 13 and <= 19 when !value.Contains('.') => PaymentFormats.Card(value),
        _ => null,
    };

    private static TextMatch? Phone(ReadOnlySpan<char> text, int start, int end, DateTimeOffset captured)
    {
        var value = text[start..end];
        if (start > 0 && text[start - 1] == '+')
        {
            return PhoneFormat.Match(text[(start - 1)..end], captured, isNamed: false) is { } international
                ? new TextMatch(international, start - 1, end - start + 1)
                : null;
        }

        // One dot makes a decimal fraction. Ten or eleven bare digits with a leading 0 are a number only when they are a mobile one's.
        if (start > 0 && text[start - 1] is '-' or '.' or '_' || value.Count('.') == 1)
        {
            return null;
        }

        var isBare = DigitText.IsNumber(value);
        return (!isBare || value.StartsWith("010")) && PhoneFormat.Match(value, captured, isNamed: false) is { } match
            ? new TextMatch(match, start, end - start)
            : null;
    }
}
