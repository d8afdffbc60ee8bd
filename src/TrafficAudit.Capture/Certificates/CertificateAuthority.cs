using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TrafficAudit.Capture.Certificates;

/// <summary>
/// The test certificate authority of one installation, made on first use. A phone under test trusts it, so its key can read
/// that phone's traffic: it never leaves the home folder and no two installations share one. Safe for use by several threads.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    private readonly ECDsa _key;
    private readonly LockedSignatureGenerator _signer;

    internal CertificateAuthority(X509Certificate2 certificate, ECDsa key)
    {
        _key = key;
        _signer = new LockedSignatureGenerator(key);
        Certificate = certificate;
        NotBefore = new DateTimeOffset(certificate.NotBefore).ToUniversalTime();
        NotAfter = new DateTimeOffset(certificate.NotAfter).ToUniversalTime();
        Pem = certificate.ExportCertificatePem() + "\n";
        Der = certificate.RawDataMemory;
        Sha256Fingerprint = string.Join(':', certificate.GetCertHash(HashAlgorithmName.SHA256).Select(b => b.ToString("X2")));
    }

    /// <summary>The name under which the key and its certificate lie in the home folder, in one file so that they can't disagree.</summary>
    public static string FileName => "ca-key.pem";

    /// <summary>The certificate without its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>When it begins, in UTC.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>When it ends, in UTC.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>The certificate as PEM text (RFC 7468), without the key.</summary>
    public string Pem { get; }

    /// <summary>The certificate as DER, which Android and iOS install.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>SHA-256 of <see cref="Der"/> in upper-case hex, a colon between bytes, as phones show it.</summary>
    public string Sha256Fingerprint { get; }

    /// <summary>Loads the authority of <paramref name="home"/>; makes it when there is none. Processes that start together end up with one.</summary>
    /// <exception cref="CertificateAuthorityException">
    /// The file is open to others, damaged, expired or can't be read; it is never overwritten.
    /// </exception>
    public static CertificateAuthority LoadOrCreate(string home, TimeProvider clock)
    {
        try
        {
            return CertificateAuthorityFile.LoadOrCreate(HomeFolder.Open(home), clock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CertificateAuthorityException($"the certificate authority can't be kept in {home}: {OneLine(e.Message)}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    /// <summary>Signs <paramref name="request"/>, with a serial number of 126 random bits (RFC 5280, 4.1.2.2: positive, at most 20 bytes).</summary>
    internal X509Certificate2 Issue(CertificateRequest request, DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        request.Create(Certificate.SubjectName, _signer, notBefore, notAfter, NewSerialNumber());

    internal static byte[] NewSerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);

        // The top bit is the sign; the next is set so that DER needs no shorter form.
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
