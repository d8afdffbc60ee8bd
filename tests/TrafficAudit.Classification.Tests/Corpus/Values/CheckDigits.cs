using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace TrafficAudit.Classification.Tests.Corpus.Values;

/// <summary>Completes invented numbers so that they check, as the reference says; none of it is the code under test.</summary>
internal static class CheckDigits
{
    /// <summary>The number with its Luhn digit (cards, IMEI, ICCID).</summary>
    public static string Luhn(string digits) => digits + "0123456789"[LuhnDigit(digits, 10)];

    /// <summary>The MEID with its Luhn digit in base 16.</summary>
    public static string HexLuhn(string digits) => digits + "0123456789ABCDEF"[LuhnDigit(digits, 16)];

    /// <summary>Twelve digits with the check digit of a resident registration number issued before October 2020.</summary>
    public static string Resident(string digits) => digits + (char)('0' + ((11 - (Weighted(digits, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11)) % 10));

    /// <summary>The same of an alien registration number.</summary>
    public static string Alien(string digits) => digits + (char)('0' + ((13 - (Weighted(digits, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11)) % 10));

    /// <summary>Nine digits of a Korean business registration number with the tenth.</summary>
    public static string Business(string digits)
    {
        var sum = Weighted(digits, 1, 3, 7, 1, 3, 7, 1, 3, 5) + ((digits[8] - '0') * 5 / 10);
        return digits + (char)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>Seventeen digits of a Chinese resident identity number with the check character of GB 11643.</summary>
    public static string Chinese(string digits) => digits + "10X98765432"[Weighted(digits, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2) % 11];

    /// <summary>An IBAN (ISO 13616) of a country and an account.</summary>
    public static string Iban(string country, string account)
    {
        var number = string.Concat((account + country + "00").Select(c => char.IsAsciiDigit(c) ? $"{c}" : $"{c - 'A' + 10}"));
        return string.Create(CultureInfo.InvariantCulture, $"{country}{98 - (int)(BigInteger.Parse(number, CultureInfo.InvariantCulture) % 97):00}{account}");
    }

    /// <summary>Alibaba's UTDID: creation time, a random number, the hash of an IMEI, and a keyed check of it all (reference, section 2).</summary>
    public static string Utdid(uint seconds, uint random, string imei)
    {
        var bytes = new byte[18];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, seconds);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), random);
        bytes[8] = 3;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(10), JavaHash(imei));
        var mac = HMACSHA1.HashData("d6fc3a4a06adbde89223bvefedc24fecde188aaa9161"u8, bytes.AsSpan(0, 14));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(14), JavaHash(Convert.ToBase64String(mac)));
        return Convert.ToBase64String(bytes);
    }

    private static int LuhnDigit(string digits, int radix)
    {
        var sum = digits.Reverse().Select((digit, i) => int.Parse($"{digit}", NumberStyles.HexNumber, CultureInfo.InvariantCulture) * (i % 2 == 0 ? 2 : 1))
            .Sum(product => (product / radix) + (product % radix));
        return (radix - (sum % radix)) % radix;
    }

    private static int Weighted(string digits, params ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }

        return sum;
    }

    private static int JavaHash(string text) => text.Aggregate(0, (hash, c) => unchecked((31 * hash) + c));
}
