using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TrafficAudit.Testing.Servers;

/// <summary>A certificate authority for test servers, made anew for each test run; nobody else trusts it.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root;

    /// <summary>Makes the authority.</summary>
    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=TrafficAudit test servers", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-2), TimeProvider.System.GetUtcNow().AddDays(30));
    }

    /// <summary>The root as PEM, for <c>--upstream-ca</c>.</summary>
    public string Pem => _root.ExportCertificatePem();

    /// <summary>The root itself, without its key.</summary>
    public X509Certificate2 Root => X509CertificateLoader.LoadCertificate(_root.RawData);

    /// <summary>A server certificate for these names or addresses.</summary>
    /// <param name="names">Subject alternative names.</param>
    /// <param name="expired">True for one whose time is over.</param>
    /// <param name="selfSigned">True for one that no authority signed.</param>
    public X509Certificate2 Issue(IEnumerable<string> names, bool expired = false, bool selfSigned = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test server, O=Test Servers", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var until = TimeProvider.System.GetUtcNow().AddDays(expired ? -1 : 10);
        var from = TimeProvider.System.GetUtcNow().AddDays(-1.5);
        if (selfSigned)
        {
            return request.CreateSelfSigned(from, until);
        }

        using var certificate = request.Create(_root, from, until, RandomNumberGenerator.GetBytes(16));
        return X509CertificateLoader.LoadPkcs12(certificate.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
    }

    /// <inheritdoc/>
    public void Dispose() => _root.Dispose();
}
