using System.Security.Cryptography;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>The key that an installation seals with: ECDSA on P-256. Any thread may use it.</summary>
public sealed class SealingKey : IDisposable
{
    private readonly Lock _keyLock = new();
    private readonly ECDsa _key;

    private SealingKey(ECDsa key)
    {
        _key = key;
        PublicPem = key.ExportSubjectPublicKeyInfoPem() + "\n";
        Fingerprint = FingerprintOf(key);
    }

    /// <summary>The public key as PEM text (RFC 7468).</summary>
    public string PublicPem { get; }

    /// <summary>SHA-256 of the public key (SubjectPublicKeyInfo, DER), in lower-case hex.</summary>
    public string Fingerprint { get; }

    /// <summary>A new private key, PKCS#8 in PEM.</summary>
    public static string NewPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>The key of a private key's PEM text.</summary>
    /// <exception cref="CryptographicException">It is none on P-256.</exception>
    public static SealingKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize != 256)
            {
                throw new CryptographicException("The key is not on P-256");
            }

            return new SealingKey(key);
        }
        catch (Exception e)
        {
            key.Dispose();
            throw e is ArgumentException ? new CryptographicException("The text holds no private key in PEM", e) : e;
        }
    }

    /// <summary>Signs the SHA-256 of <paramref name="data"/> (DER, as <c>openssl dgst -sha256 -verify</c> reads it).</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_keyLock)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>The public key (SubjectPublicKeyInfo, DER) in base64.</summary>
    internal string PublicBase64
    {
        get
        {
            lock (_keyLock)
            {
                return Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());
            }
        }
    }

    /// <summary>As <see cref="Sign"/>, with r and s of fixed length one after the other (IEEE P1363), as Web Crypto has it.</summary>
    internal byte[] SignFixed(ReadOnlySpan<byte> data)
    {
        lock (_keyLock)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    internal static string FingerprintOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
}
