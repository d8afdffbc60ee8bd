using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TrafficAudit.Capture.Certificates;

/// <summary>
/// Signs with one ECDSA key for many threads: <see cref="ECDsa"/> doesn't promise that its members may be called at once, and a signature
/// takes 20 µs.
/// </summary>
internal sealed class LockedSignatureGenerator(ECDsa key) : X509SignatureGenerator
{
    private readonly X509SignatureGenerator _generator = CreateForECDsa(key);
    private readonly Lock _keyLock = new();

    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
        _generator.GetSignatureAlgorithmIdentifier(hashAlgorithm);

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
    {
        lock (_keyLock)
        {
            return _generator.SignData(data, hashAlgorithm);
        }
    }

    protected override PublicKey BuildPublicKey() => _generator.PublicKey;
}
