using System.Collections.Immutable;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace TrafficAudit.Classification.Personas;

/// <summary>The digests that known values are looked for in. SHA-224 and SHA-3 are BouncyCastle's: .NET has the one nowhere and the other not everywhere.</summary>
internal static class Digest
{
    /// <summary>Their names, see <see cref="Transformation"/>; all of different length but for SHA-3's.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        Transformation.Md5, Transformation.Sha1, Transformation.Sha224, Transformation.Sha256, Transformation.Sha384, Transformation.Sha512,
        Transformation.Sha3With224, Transformation.Sha3With256, Transformation.Sha3With384, Transformation.Sha3With512,
    ];

    /// <summary>The lengths that they have, in bytes.</summary>
    public static ImmutableArray<int> Lengths { get; } = [16, 20, 28, 32, 48, 64];

    /// <summary>The digest of that name.</summary>
    public static byte[] Of(string name, byte[] bytes) => name switch
    {
        Transformation.Md5 => MD5.HashData(bytes),
        Transformation.Sha1 => SHA1.HashData(bytes),
        Transformation.Sha224 => Of(new Sha224Digest(), bytes),
        Transformation.Sha256 => SHA256.HashData(bytes),
        Transformation.Sha384 => SHA384.HashData(bytes),
        Transformation.Sha512 => SHA512.HashData(bytes),
        Transformation.Sha3With224 => Of(new Sha3Digest(224), bytes),
        Transformation.Sha3With256 => Of(new Sha3Digest(256), bytes),
        Transformation.Sha3With384 => Of(new Sha3Digest(384), bytes),
        Transformation.Sha3With512 => Of(new Sha3Digest(512), bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such digest"),
    };

    private static byte[] Of(IDigest digest, byte[] bytes)
    {
        var result = new byte[digest.GetDigestSize()];
        digest.BlockUpdate(bytes, 0, bytes.Length);
        digest.DoFinal(result, 0);
        return result;
    }
}
