using System.Security.Cryptography;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>
/// The digest of a block that its record names (<c>sha1:</c> in base32 as most writers have it, <c>sha256:</c>, <c>md5:</c>; base32 of RFC 4648 or
/// hex), and that of the bytes that are read.
/// </summary>
internal sealed class BlockDigest
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly IncrementalHash _hash;
    private readonly byte[] _named;

    private BlockDigest(IncrementalHash hash, byte[] named)
    {
        _hash = hash;
        _named = named;
    }

    /// <summary>Reads a digest; null when there is none, or none that is understood.</summary>
    public static BlockDigest? Parse(string? text)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon < 0 || AlgorithmOf(text![..colon].ToLowerInvariant()) is not { } algorithm)
        {
            return null;
        }

        var hash = IncrementalHash.CreateHash(algorithm);
        var value = text[(colon + 1)..].Trim();
        var named = value.Length == hash.HashLengthInBytes * 2 ? FromHex(value) : FromBase32(value);
        return named?.Length == hash.HashLengthInBytes ? new BlockDigest(hash, named) : null;
    }

    /// <summary>The next bytes of the block.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    /// <summary>Whether the bytes are those that it was named for; to be asked once, at the block's end.</summary>
    public bool Fits() => _hash.GetHashAndReset().AsSpan().SequenceEqual(_named);

    private static HashAlgorithmName? AlgorithmOf(string name) => name switch
    {
        "sha1" or "sha-1" => HashAlgorithmName.SHA1,
        "sha256" or "sha-256" => HashAlgorithmName.SHA256,
        "md5" => HashAlgorithmName.MD5,
        _ => null,
    };

    private static byte[]? FromHex(string text) =>
        text.AsSpan().ContainsAnyExcept("0123456789abcdefABCDEF") ? null : Convert.FromHexString(text);

    private static byte[]? FromBase32(string text)
    {
        var bytes = new List<byte>(40);
        int bits = 0, count = 0;
        foreach (var character in text.TrimEnd('=').ToUpperInvariant())
        {
            var value = Base32.IndexOf(character, StringComparison.Ordinal);
            if (value < 0 || bytes.Count > 64)
            {
                return null;
            }

            bits = ((bits << 5) | value) & 0xFFF;
            count += 5;
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
            }
        }

        return [.. bytes];
    }
}
