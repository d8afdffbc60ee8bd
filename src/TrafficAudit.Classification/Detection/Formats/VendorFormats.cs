using System.Buffers;
using System.Buffers.Binary;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Identifiers and tokens of shops' own making, under keys that name such. Sources: SDKs and scripts in public.</summary>
internal static class VendorFormats
{
    private static readonly SearchValues<char> Base32Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567_");
    private static readonly SearchValues<char> Base64Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    /// <summary>A device identifier that a vendor made.</summary>
    public static FormatMatch? Device(ReadOnlySpan<char> value, DateTimeOffset captured) =>
        UtdidFormat.Match(value) ?? UserId(value, captured) ?? DeviceFormats.AnyIdentifier("vendor_device_id", value) ?? Opaque(value);

    /// <summary>A session's token: Alibaba's (32 hex digits and a time), Pinduoduo's and Temu's (52 letters of base32 and a tail of hex digits).</summary>
    public static FormatMatch? Session(ReadOnlySpan<char> value, DateTimeOffset captured)
    {
        if (value.Length == 46 && value[32] == '_' && DigitText.IsHex(value[..32]) && DigitText.IsTimeNear(value[33..], captured))
        {
            return new FormatMatch("session_token", "a token with its time");
        }

        return value.Length is >= 59 and <= 64 && !value[..52].ContainsAnyExcept(Base32Letters) && DigitText.IsHex(value[52..])
            ? new FormatMatch("session_token", "a token in base32 with a tail of hex digits")
            : null;
    }

    // nginx's userid (16 bytes in base64: address, time of its making, process, counter), as Temu's api_uid is.
    private static FormatMatch? UserId(ReadOnlySpan<char> value, DateTimeOffset captured)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (value.Length != 24 || !Convert.TryFromBase64Chars(value, bytes, out var count) || count != 16)
        {
            return null;
        }

        var made = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));
        return made.Year >= 2010 && made <= captured + TimeSpan.FromDays(1)
            ? new FormatMatch("vendor_device_id", "16 bytes with a plausible time of making")
            : null;
    }

    // 32 letters of base32 (user_uin), 32 or 44 of base64 (umid, x-devid), 40 (_nano_fp): nothing that words make.
    private static FormatMatch? Opaque(ReadOnlySpan<char> value)
    {
        var isOpaque = value.Length is 32 or 40 or 44 && !value.ContainsAnyExcept(Base64Letters)
            && value.ContainsAnyInRange('0', '9') && value.ContainsAnyInRange('A', 'Z');
        return isOpaque ? new FormatMatch("vendor_device_id", "a random identifier's format") : null;
    }
}
