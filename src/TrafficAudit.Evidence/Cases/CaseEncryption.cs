using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Evidence.Storage;

namespace TrafficAudit.Evidence.Cases;

/// <summary>
/// How an encrypted case is opened, as <c>case.json</c> says it: a random key encrypts the files, and lies here wrapped by a key that comes from the passphrase, so
/// that the passphrase could be changed without touching evidence.
/// </summary>
/// <param name="Cipher">Always <see cref="AesGcm256"/>.</param>
/// <param name="Kdf">Always <see cref="Pbkdf2"/>, over the passphrase in Unicode's form C and UTF-8.</param>
/// <param name="Iterations">At least <see cref="LeastIterations"/>.</param>
/// <param name="Salt">16 random bytes.</param>
/// <param name="WrappedKey">Nonce (12 bytes), ciphertext (32), tag (16); associated data is <c>trafficaudit case key 1</c>.</param>
public sealed record CaseEncryption(string Cipher, string Kdf, int Iterations, byte[] Salt, byte[] WrappedKey)
{
    /// <summary>AES-256 in Galois/Counter Mode (NIST SP 800-38D).</summary>
    public const string AesGcm256 = "aes-256-gcm";

    /// <summary>PBKDF2 with HMAC-SHA-256 (RFC 8018).</summary>
    public const string Pbkdf2 = "pbkdf2-hmac-sha256";

    /// <summary>As OWASP's password storage cheat sheet asks for with this function.</summary>
    public const int LeastIterations = 600_000;

    /// <summary>More would hold up whoever opens a case that came from elsewhere.</summary>
    private const int MostIterations = 20_000_000;
    private const int SaltLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private static ReadOnlySpan<byte> Purpose => "trafficaudit case key 1"u8;

    /// <summary>Makes a new key, and wraps it.</summary>
    internal static (CaseEncryption Encryption, CaseKey Key) Create(string passphrase)
    {
        var key = RandomNumberGenerator.GetBytes(CaseKey.Length);
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var wrapped = new byte[NonceLength + CaseKey.Length + TagLength];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceLength));
        using var aes = WrappingCipher(passphrase, salt, LeastIterations);
        aes.Encrypt(
            wrapped.AsSpan(0, NonceLength), key, wrapped.AsSpan(NonceLength, CaseKey.Length), wrapped.AsSpan(NonceLength + CaseKey.Length), Purpose);
        return (new CaseEncryption(AesGcm256, Pbkdf2, LeastIterations, salt, wrapped), new CaseKey(key));
    }

    /// <summary>The case's key; null when it is not this passphrase's.</summary>
    /// <exception cref="CaseException">It is encrypted in a way that this program does not know.</exception>
    internal CaseKey? Open(string passphrase)
    {
        if (Cipher != AesGcm256 || Kdf != Pbkdf2 || Iterations is < LeastIterations or > MostIterations || Salt is not { Length: SaltLength }
            || WrappedKey is not { Length: NonceLength + CaseKey.Length + TagLength })
        {
            throw new CaseException("What case.json says of the case's encryption is none that this program knows; restore it from a copy, or use a newer program");
        }

        var key = new byte[CaseKey.Length];
        using var aes = WrappingCipher(passphrase, Salt, Iterations);
        try
        {
            aes.Decrypt(
                WrappedKey.AsSpan(0, NonceLength), WrappedKey.AsSpan(NonceLength, CaseKey.Length), WrappedKey.AsSpan(NonceLength + CaseKey.Length), key, Purpose);
            return new CaseKey(key);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static AesGcm WrappingCipher(string passphrase, byte[] salt, int iterations)
    {
        // Macs type Korean decomposed, others composed: both must open the case.
        var bytes = Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormC));
        var derived = Rfc2898DeriveBytes.Pbkdf2(bytes, salt, iterations, HashAlgorithmName.SHA256, CaseKey.Length);
        var aes = new AesGcm(derived, TagLength);
        CryptographicOperations.ZeroMemory(bytes);
        CryptographicOperations.ZeroMemory(derived);
        return aes;
    }
}
