using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Identifiers of phones and their SIM cards.</summary>
internal static class DeviceFormats
{
    private const int UuidLength = 36;

    /// <summary>An IMEI: 15 digits, a type allocation code that begins as real ones do, and Luhn's check (3GPP TS 23.003, annex B).</summary>
    public static FormatMatch? Imei(ReadOnlySpan<char> value) =>
        value.Length == 15 && DigitText.IsNumber(value) && CheckDigits.Luhn(value)
            && CheckDigits.Two(value, 0) is 1 or 35 or 86 or 99 or 44 or 45 or 49 or (>= 50 and <= 54) or 91 or 98
            ? new FormatMatch("imei", "an IMEI whose type allocation code and check digit fit", IsChecked: true)
            : null;

    /// <summary>An IMSI: 15 digits that begin with a mobile country code (2 to 7; ITU-T E.212).</summary>
    public static FormatMatch? Imsi(ReadOnlySpan<char> value) =>
        value.Length == 15 && DigitText.IsNumber(value) && value[0] is >= '2' and <= '7' ? new FormatMatch("imsi", "an IMSI's format") : null;

    /// <summary>An ICCID: 19 or 20 digits that begin with 89, and Luhn's check (ITU-T E.118).</summary>
    public static FormatMatch? Iccid(ReadOnlySpan<char> value) =>
        value.Length is 19 or 20 && value.StartsWith("89") && DigitText.IsNumber(value) && CheckDigits.Luhn(value)
            ? new FormatMatch("iccid", "a SIM serial number whose check digit fits", IsChecked: true)
            : null;

    /// <summary>A MAC address with one kind of separator, or twelve bare hex digits. All zero or all one is none.</summary>
    public static FormatMatch? Mac(string item, ReadOnlySpan<char> value)
    {
        var separator = value.Length == 17 ? value[2] : '\0';
        if (!(value.Length == 12 && DigitText.IsHex(value)) && separator is not (':' or '-'))
        {
            return null;
        }

        for (var i = 0; separator != '\0' && i < value.Length; i++)
        {
            if (i % 3 == 2 ? value[i] != separator : !char.IsAsciiHexDigit(value[i]))
            {
                return null;
            }
        }

        return value.ContainsAnyExcept('0', separator) && value.ContainsAnyExcept("Ff:-")
            ? new FormatMatch(item, "a MAC address")
            : null;
    }

    /// <summary>
    /// An Android ID: 16 hex digits. Where the key leaves open what it is, one of them must be a letter; where it does not, fewer may
    /// be there, as old systems drop leading zeros.
    /// </summary>
    public static FormatMatch? AndroidId(ReadOnlySpan<char> value, bool isNamed) =>
        value.Length <= 16 && value.Length >= (isNamed ? 14 : 16) && DigitText.IsHex(value) && (isNamed || value.ContainsAnyExceptInRange('0', '9'))
            ? new FormatMatch("android_id", "16 hex digits, an Android ID's format")
            : null;

    /// <summary>
    /// A UUID as advertising or vendor identifiers are written (RFC 9562), with or without hyphens. Under a key for advertising IDs of any
    /// system, capitals mean Apple's.
    /// </summary>
    public static FormatMatch? Uuid(string item, ReadOnlySpan<char> value, bool isForAnySystem)
    {
        if (!(value.Length == UuidLength ? IsHyphenated(value) : IsBareVersion4(value)))
        {
            return null;
        }

        var isApple = value.ContainsAnyInRange('A', 'F') && !value.ContainsAnyInRange('a', 'f');
        return new FormatMatch(isForAnySystem && isApple ? "idfa" : item, "a UUID");
    }

    /// <summary>A UUID or at least 16 hex digits: some identifier, nobody knows which.</summary>
    public static FormatMatch? AnyIdentifier(string item, ReadOnlySpan<char> value) =>
        (value.Length == UuidLength && IsHyphenated(value)) || (value.Length is >= 16 and <= 64 && DigitText.IsHex(value))
            ? new FormatMatch(item, "an identifier's format")
            : null;

    /// <summary>Whether it is a UUID with its hyphens.</summary>
    public static bool IsHyphenated(ReadOnlySpan<char> value)
    {
        if (value.Length != UuidLength)
        {
            return false;
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? value[i] != '-' : !char.IsAsciiHexDigit(value[i]))
            {
                return false;
            }
        }

        return true;
    }

    // Without hyphens it looks like an MD5: version 4 and the variant bits tell them apart in 63 of 64 cases.
    private static bool IsBareVersion4(ReadOnlySpan<char> value) =>
        value.Length == 32 && value[12] == '4' && value[16] is '8' or '9' or 'a' or 'b' or 'A' or 'B' && DigitText.IsHex(value);
}
