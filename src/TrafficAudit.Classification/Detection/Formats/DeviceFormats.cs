using System.Collections.Frozen;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Identifiers of phones and their SIM cards.</summary>
internal static class DeviceFormats
{
    private const int UuidLength = 36;

    /// <summary>Mobile network codes of Korea (country code 450): SK Telecom, KT, LG Uplus.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KoreanNetworks =
        FrozenSet.ToFrozenSet(["45002", "45003", "45004", "45005", "45006", "45007", "45008", "45011", "45012"], StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>An IMEI: 15 digits, a type allocation code that begins as real ones do, and Luhn's check (3GPP TS 23.003, annex B).</summary>
    public static FormatMatch? Imei(ReadOnlySpan<char> value) =>
        value.Length == 15 && DigitText.IsNumber(value) && CheckDigits.Luhn(value)
            && CheckDigits.Two(value, 0) is 1 or 35 or 86 or 99 or 44 or 45 or 49 or (>= 50 and <= 54) or 91 or 98
            ? new FormatMatch("imei", "an IMEI whose type allocation code and check digit fit", IsChecked: true)
            : null;

    /// <summary>An IMEI with its software version instead of the check digit: 16 digits (3GPP TS 23.003, 6.2.2).</summary>
    public static FormatMatch? ImeiWithVersion(ReadOnlySpan<char> value) =>
        value.Length == 16 && DigitText.IsNumber(value) && CheckDigits.Two(value, 0) is 1 or 35 or 86 or 99
            ? new FormatMatch("imei", "an IMEI with a software version, which has no check digit")
            : null;

    /// <summary>An MEID: 14 hex digits of which the first is a letter, perhaps with its check digit (3GPP2 S.R0048-A).</summary>
    public static FormatMatch? Meid(ReadOnlySpan<char> value)
    {
        if (value.Length is not (14 or 15) || !DigitText.IsHex(value) || !char.IsAsciiLetter(value[0]))
        {
            return null;
        }

        return value.Length == 14 ? new FormatMatch("meid", "an MEID without its check digit")
            : CheckDigits.HexLuhn(value) ? new FormatMatch("meid", "an MEID whose check digit fits", IsChecked: true)
            : null;
    }

    /// <summary>An IMSI: 15 digits that begin with a mobile country code (2 to 7; ITU-T E.212). It has no check digit.</summary>
    public static FormatMatch? Imsi(ReadOnlySpan<char> value) =>
        value.Length != 15 || !DigitText.IsNumber(value) || value[0] is not (>= '2' and <= '7') ? null
            : KoreanNetworks.Contains(value[..5]) ? new FormatMatch("imsi", "an IMSI of a Korean network")
            : value.StartsWith("460") ? new FormatMatch("imsi", "an IMSI of a Chinese network")
            : new FormatMatch("imsi", "an IMSI's format");

    /// <summary>A subscriber number of a Korean network: what is an IMSI without a key, too.</summary>
    public static FormatMatch? KoreanImsi(ReadOnlySpan<char> value) =>
        value.Length == 15 && KoreanNetworks.Contains(value[..5]) ? Imsi(value) : null;

    /// <summary>A network's number: mobile country code and network code, five or six digits. It names the carrier, and no subscriber.</summary>
    public static FormatMatch? Network(ReadOnlySpan<char> value) =>
        value.Length is 5 or 6 && DigitText.IsNumber(value) && value[0] is >= '2' and <= '7'
            ? new FormatMatch("carrier", KoreanNetworks.Contains(value) ? "the number of a Korean mobile network" : "a mobile network's number")
            : null;

    /// <summary>
    /// An ICCID: 19 or 20 digits that begin with 89, and Luhn's check (ITU-T E.118). Lists write it without the check digit (18), SIM cards fill it with F.
    /// </summary>
    public static FormatMatch? Iccid(ReadOnlySpan<char> value)
    {
        var digits = value.TrimEnd("Ff");
        if (digits.Length is not (18 or 19 or 20) || value.Length > 20 || !digits.StartsWith("89") || !DigitText.IsNumber(digits))
        {
            return null;
        }

        return digits.Length == 18 ? new FormatMatch("iccid", "a SIM serial number without its check digit")
            : CheckDigits.Luhn(digits) ? new FormatMatch("iccid", "a SIM serial number whose check digit fits", IsChecked: true)
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

    /// <summary>An OAID: a UUID, or 16 hex digits, as some makers give it.</summary>
    public static FormatMatch? Oaid(ReadOnlySpan<char> value) =>
        value.Length == 16 && DigitText.IsHex(value) ? new FormatMatch("oaid", "16 hex digits, an OAID's format") : Uuid("oaid", value, isForAnySystem: false);

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
