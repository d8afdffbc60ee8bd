using System.Collections.Immutable;

namespace TrafficAudit.Classification.Personas;

/// <summary>
/// The names of transformations, as findings list them in <c>encodings</c>: this list is closed and part of the output contract.
/// They are listed in the order in which they were applied, so <c>["e164", "digits", "sha256"]</c> is the SHA-256 of the digits of
/// the number in E.164 form.
/// </summary>
internal static class Transformation
{
    /// <summary>Letters in lower case.</summary>
    public const string Lowercase = "lowercase";

    /// <summary>Letters in upper case.</summary>
    public const string Uppercase = "uppercase";

    /// <summary>Some letters in another case.</summary>
    public const string MixedCase = "mixed_case";

    /// <summary>White space at both ends removed.</summary>
    public const string Trimmed = "trimmed";

    /// <summary>Nothing but its digits.</summary>
    public const string Digits = "digits";

    /// <summary>Separators (white space, hyphens, colons, dots) removed.</summary>
    public const string Compact = "compact";

    /// <summary>White space made one blank each.</summary>
    public const string Spaced = "spaced";

    /// <summary>Divided by hyphens.</summary>
    public const string Hyphenated = "hyphenated";

    /// <summary>Divided by dots.</summary>
    public const string Dotted = "dotted";

    /// <summary>Unicode normalization form C (composed syllables).</summary>
    public const string Nfc = "nfc";

    /// <summary>Unicode normalization form D (decomposed, as Apple's file and device names).</summary>
    public const string Nfd = "nfd";

    /// <summary>A phone number in E.164 form: +, country code, number.</summary>
    public const string E164 = "e164";

    /// <summary>A phone number as dialled inside its country.</summary>
    public const string National = "national";

    /// <summary>A phone number as printed for callers from abroad (+82 10-0000-0000).</summary>
    public const string International = "international";

    /// <summary>A national phone number without its leading 0.</summary>
    public const string WithoutTrunkZero = "without_trunk_zero";

    /// <summary>A phone number with its country code and, wrongly, its leading 0.</summary>
    public const string TrunkZeroKept = "trunk_zero_kept";

    /// <summary>00 instead of +.</summary>
    public const string DoubleZero = "double_zero";

    /// <summary>The dots in the local part of a Gmail address removed (Gmail ignores them).</summary>
    public const string GmailDotsRemoved = "gmail_dots_removed";

    /// <summary>A <c>+tag</c> in an e-mail address's local part removed.</summary>
    public const string TagRemoved = "tag_removed";

    /// <summary>A name's parts in the other order.</summary>
    public const string Reordered = "reordered";

    /// <summary>The family name alone.</summary>
    public const string FamilyName = "family_name";

    /// <summary>The given name alone.</summary>
    public const string GivenName = "given_name";

    /// <summary>One part of a name of which nobody says which it is.</summary>
    public const string NamePart = "name_part";

    /// <summary>An address without its detail (floor, flat).</summary>
    public const string MainPart = "main_part";

    /// <summary>An address's street and number alone.</summary>
    public const string StreetPart = "street_part";

    /// <summary>A date in another notation.</summary>
    public const string DateFormat = "date_format";

    /// <summary>MD5 (RFC 1321) of the UTF-8 bytes, in hex.</summary>
    public const string Md5 = "md5";

    /// <summary>SHA-1 (RFC 3174) of the UTF-8 bytes, in hex.</summary>
    public const string Sha1 = "sha1";

    /// <summary>SHA-256 (RFC 6234) of the UTF-8 bytes, in hex.</summary>
    public const string Sha256 = "sha256";

    /// <summary>SHA-224 (RFC 6234), SHA-384, SHA-512, in hex.</summary>
    public const string Sha224 = "sha224";

    /// <inheritdoc cref="Sha224"/>
    public const string Sha384 = "sha384";

    /// <inheritdoc cref="Sha224"/>
    public const string Sha512 = "sha512";

    /// <summary>SHA-3 (FIPS 202) with as many bits, in hex.</summary>
    public const string Sha3With224 = "sha3_224";

    /// <inheritdoc cref="Sha3With224"/>
    public const string Sha3With256 = "sha3_256";

    /// <inheritdoc cref="Sha3With224"/>
    public const string Sha3With384 = "sha3_384";

    /// <inheritdoc cref="Sha3With224"/>
    public const string Sha3With512 = "sha3_512";

    /// <summary>CRC-32 (ISO-HDLC), in hex in either order of bytes, or decimal.</summary>
    public const string Crc32 = "crc32";

    /// <summary>MurmurHash3 of 32 bits, as <see cref="Crc32"/>.</summary>
    public const string Murmur3 = "murmur3";

    /// <summary>A part of a digest only: its first 16 or 32 hex digits, of an MD5 also its middle 16.</summary>
    public const string Truncated = "truncated";

    /// <summary>The digest is of the text's bytes in EUC-KR (CP949).</summary>
    public const string EucKr = "euc_kr";

    /// <summary>The digest's bytes in base64 or base64url instead of hex.</summary>
    public const string Base64 = "base64";

    /// <summary>The digest's bytes themselves instead of hex.</summary>
    public const string Raw = "raw";

    /// <summary>A position with fewer digits, rounded or cut off.</summary>
    public const string Rounded = "rounded";

    /// <summary>A position as whole numbers, in 1/100,000, 1/1,000,000 or 1/10,000,000 of a degree.</summary>
    public const string Scaled = "scaled";

    /// <summary>Latitude or longitude alone.</summary>
    public const string Coordinate = "coordinate";

    /// <summary>A position as a geohash (G. Niemeyer, 2008).</summary>
    public const string Geohash = "geohash";

    /// <summary>An IMEI without its check digit.</summary>
    public const string WithoutCheckDigit = "without_check_digit";

    /// <summary>The whole list, but for the names of salts.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        Lowercase, Uppercase, MixedCase, Trimmed, Digits, Compact, Spaced, Hyphenated, Dotted, Nfc, Nfd, E164, National, International,
        WithoutTrunkZero, TrunkZeroKept, DoubleZero, GmailDotsRemoved, TagRemoved, Reordered, FamilyName, GivenName, NamePart, MainPart,
        StreetPart, DateFormat, Md5, Sha1, Sha256, Sha224, Sha384, Sha512, Sha3With224, Sha3With256, Sha3With384, Sha3With512, Crc32, Murmur3, Truncated, EucKr, Base64, Raw,
        Rounded, Scaled, Coordinate, Geohash, WithoutCheckDigit,
    ];
}

/// <summary>One form in which a known value can appear.</summary>
/// <param name="Text">The form.</param>
/// <param name="Transformations">How it was computed from the value as the persona file gives it; empty for the value itself.</param>
/// <param name="IsPart">Whether it is only a part of the value, or ambiguous by itself, and so counts under an agreeing key only.</param>
internal sealed record KnownForm(string Text, ImmutableArray<string> Transformations, bool IsPart = false);
