using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>
/// Alibaba's device identifier: base64 of 18 bytes, which are the time of its making (4), a random number (4), the version 3 and a 0, the Java hash code
/// of the IMEI (4), and the Java hash code of the base64 of an HMAC-SHA1 over all that. The last makes it prove itself: one in 2³² other texts passes.
/// Source: the SDK as decompiled in public; three public samples made in 2016, 2019 and 2024 agree.
/// </summary>
internal static class UtdidFormat
{
    /// <summary>Its length in characters.</summary>
    public const int Length = 24;

    // Version 3 and the 0 behind it, in base64: the last letter of the third group, the first of the fourth.
    private const string Version = "DA";
    private const int VersionAt = 11;

    /// <summary>Signatures that are computed for one text: a text made to have many that do not fit costs no more.</summary>
    private const int MostTried = 64;

    private const int SignedBytes = 14;
    private const int AllBytes = 18;

    private static readonly SearchValues<char> Base64Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private static ReadOnlySpan<byte> Key => "d6fc3a4a06adbde89223bvefedc24fecde188aaa9161"u8;

    /// <summary>The identifier that the whole of <paramref name="value"/> is.</summary>
    public static FormatMatch? Match(ReadOnlySpan<char> value) =>
        value.Length == Length && value[VersionAt..].StartsWith(Version) && IsSigned(value)
            ? new FormatMatch("vendor_device_id", "a UTDID, Alibaba's device identifier, whose own check fits", IsChecked: true, IsProof: true)
            : null;

    /// <summary>The first one at or after <paramref name="from"/>, also at the start of something longer, as in trace headers; null if there is none.</summary>
    public static TextMatch? Find(ReadOnlySpan<char> text, int from)
    {
        for (var tried = 0; from + Length <= text.Length && tried < MostTried;)
        {
            var offset = text[(from + VersionAt)..].IndexOf(Version);
            if (offset < 0 || from + offset + Length > text.Length)
            {
                return null;
            }

            var start = from + offset;
            if (start == 0 || !Base64Letters.Contains(text[start - 1]) || text[start - 1] == '/')
            {
                tried++;
                if (Match(text.Slice(start, Length)) is { } match)
                {
                    return new TextMatch(match, start, Length);
                }
            }

            from = start + 1;
        }

        return null;
    }

    private static bool IsSigned(ReadOnlySpan<char> value)
    {
        Span<byte> bytes = stackalloc byte[AllBytes];
        if (value.ContainsAnyExcept(Base64Letters) || !Convert.TryFromBase64Chars(value, bytes, out var count) || count != AllBytes)
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(Key, bytes[..SignedBytes], digest);
        return BinaryPrimitives.ReadInt32BigEndian(bytes[SignedBytes..]) == JavaHashCode(Convert.ToBase64String(digest));
    }

    // java.lang.String.hashCode: wraps around.
    private static int JavaHashCode(string text)
    {
        var hash = 0;
        foreach (var c in text)
        {
            hash = unchecked((hash * 31) + c);
        }

        return hash;
    }
}
