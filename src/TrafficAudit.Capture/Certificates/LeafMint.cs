using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TrafficAudit.Capture.Certificates;

/// <summary>Makes the certificate of one server name. All share one key of this process: a key for each would cost time and protect nobody.</summary>
internal sealed class LeafMint : IDisposable
{
    // RFC 5280, appendix A.1: ub-common-name.
    private const int LongestCommonName = 64;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>
    /// From now on; with the allowance for slow clocks 367 days. Apple takes at most 825 days from authorities that the user added
    /// (support.apple.com/103769) and 398 from public ones (support.apple.com/102028); Chromium, so Android's WebView, holds only public ones to 398.
    /// </summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(365);

    private readonly CertificateAuthority _authority;
    private readonly SslCertificateTrust _trust;
    private readonly ECDsa _key = NewKey();
    private readonly Lock _keyLock = new();
    private readonly PublicKey _publicKey;
    private readonly X509Extension[] _sharedExtensions;

    public LeafMint(CertificateAuthority authority)
    {
        _authority = authority;
        _publicKey = new PublicKey(_key);

        // With a trust list the chain is built from it alone: five times faster than with the system's stores, and the same on every machine.
        _trust = SslCertificateTrust.CreateForX509Collection([authority.Certificate], sendTrustInHandshake: false);
        _sharedExtensions =
        [
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true),
            new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false),
            new X509SubjectKeyIdentifierExtension(_publicKey, critical: false),
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(
                authority.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().First()),
        ];
    }

    /// <summary>
    /// A new certificate for <paramref name="name"/> with the means to serve it. It begins and ends within the authority's own time.
    /// </summary>
    public SslStreamCertificateContext Mint(ServerName name, DateTimeOffset now) =>
        SslStreamCertificateContext.Create(MintCertificate(name, now), additionalCertificates: null, offline: true, _trust);

    /// <summary>The certificate alone, with its key.</summary>
    public X509Certificate2 MintCertificate(ServerName name, DateTimeOffset now)
    {
        var end = Earlier(now + Validity, _authority.NotAfter);
        var start = Earlier(Later(now - CertificateAuthorityFile.ClockAllowance, _authority.NotBefore), end);
        using var signed = _authority.Issue(Request(name), start, end);
        return WithKey(signed);
    }

    public void Dispose() => _key.Dispose();

    /// <summary>
    /// Windows' TLS library takes no key that lives in memory only; a round trip through PKCS#12 gives it a stored one. One iteration, since
    /// the file exists for a moment in this process: the default number costs 9 ms each (1,710 a second against 105).
    /// </summary>
    internal static X509Certificate2 ForWindows(X509Certificate2 certificate)
    {
        var password = RandomNumberGenerator.GetHexString(32);
        var protection = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 1);
        return X509CertificateLoader.LoadPkcs12(certificate.ExportPkcs12(protection, password), password);
    }

    /// <summary>
    /// OpenSSL's own key is handed to a certificate by reference. Any other is exported, imported and checked for each: 340 µs of CPU against
    /// 28 (measured, OpenSSL 3.0), and as many copies as there are hosts.
    /// </summary>
    private static ECDsa NewKey() =>
        OperatingSystem.IsLinux() ? new ECDsaOpenSsl(ECCurve.NamedCurves.nistP256) : ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private CertificateRequest Request(ServerName name)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName("TrafficAudit");
        if (name.Text.Length <= LongestCommonName)
        {
            subject.AddCommonName(name.Text);
        }

        var request = new CertificateRequest(subject.Build(), _publicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(AlternativeName(name));
        foreach (var extension in _sharedExtensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request;
    }

    private static X509Extension AlternativeName(ServerName name)
    {
        var builder = new SubjectAlternativeNameBuilder();
        if (name.Address is { } address)
        {
            builder.AddIpAddress(address);
        }
        else
        {
            builder.AddDnsName(name.Text);
        }

        return builder.Build();
    }

    private X509Certificate2 WithKey(X509Certificate2 signed)
    {
        X509Certificate2 certificate;
        lock (_keyLock)
        {
            certificate = signed.CopyWithPrivateKey(_key);
        }

        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return ForWindows(certificate);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
