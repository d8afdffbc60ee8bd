using System.Buffers;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Passports: Korean numbers, and the machine-readable zone of any (ICAO Doc 9303, part 4).</summary>
internal static class TravelDocumentFormats
{
    /// <summary>Characters of a line of the machine-readable zone.</summary>
    private const int LineLength = 44;

    private static readonly SearchValues<char> ZoneLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<");

    /// <summary>A Korean passport number: M123A4567 since December 2021, M12345678 before, and long ago two letters and seven digits.</summary>
    public static FormatMatch? Number(ReadOnlySpan<char> value)
    {
        if (value.Length != 9 || !DigitText.IsNumber(value[5..]))
        {
            return null;
        }

        var isKorean = value[0] is 'M' or 'S' or 'R' or 'O' or 'D' && DigitText.IsNumber(value[1..4]) && char.IsAsciiLetterUpper(value[4]) | char.IsAsciiDigit(value[4]);
        var isOld = char.IsAsciiLetterUpper(value[0]) && char.IsAsciiLetterUpper(value[1]) && DigitText.IsNumber(value[2..]);
        return isKorean ? new FormatMatch("passport_no", "a Korean passport number")
            : isOld ? new FormatMatch("passport_no", "a passport number of two letters and seven digits")
            : null;
    }

    /// <summary>The machine-readable zone of a passport, or its second line alone: five check digits, two dates and a sex must fit.</summary>
    public static FormatMatch? Zone(ReadOnlySpan<char> value)
    {
        if (value.Length < LineLength || value.Length > (2 * LineLength) + 2 || (value.Length > LineLength && value[0] != 'P'))
        {
            return null;
        }

        var line = value[^LineLength..];
        return !line.ContainsAnyExcept(ZoneLetters) && IsChecked(line)
            ? new FormatMatch("passport_no", "a passport's machine-readable zone whose check digits fit", IsChecked: true, IsProof: true)
            : null;
    }

    // 0 number, 9 its check, 10 nationality, 13 birth, 19 check, 20 sex, 21 expiry, 27 check, 28 personal number, 42 check, 43 check of all
    private static bool IsChecked(ReadOnlySpan<char> line)
    {
        var (number, birth, expiry, personal) = (line[..9].ToString(), line[13..19].ToString(), line[21..27].ToString(), line[28..42].ToString());
        return IsDate(birth) && IsDate(expiry) && line[20] is 'M' or 'F' or '<'
            && Fits(line[9], number) && Fits(line[19], birth) && Fits(line[27], expiry)
            && (Fits(line[42], personal) || (line[42] == '<' && personal.AsSpan().Trim('<').IsEmpty))
            && Fits(line[43], line[..10].ToString(), line[13..20].ToString(), line[21..43].ToString());
    }

    private static bool Fits(char digit, params ReadOnlySpan<string> fields) => char.IsAsciiDigit(digit) && CheckDigits.TravelDocument(fields) == digit - '0';

    private static bool IsDate(ReadOnlySpan<char> digits) =>
        DigitText.IsNumber(digits) && CheckDigits.IsDate(2000 + CheckDigits.Two(digits, 0), CheckDigits.Two(digits, 2), CheckDigits.Two(digits, 4));
}
