using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TrafficAudit.Capture.Certificates;

/// <summary>The authority's file: a PKCS#8 key and its certificate, both PEM. What can't be trusted is refused and left as it is.</summary>
internal static class CertificateAuthorityFile
{
    private const int LargestFile = 64 * 1024;
    private const int ValidYears = 10;

    /// <summary>How far back certificates begin, because a phone's clock may be slow.</summary>
    public static readonly TimeSpan ClockAllowance = TimeSpan.FromDays(2);

    public static CertificateAuthority LoadOrCreate(HomeFolder home, TimeProvider clock)
    {
        if (TryLoad(home, clock) is { } present)
        {
            return present;
        }

        home.TryCreate(CertificateAuthority.FileName, NewFile(clock.GetUtcNow()));

        // Read back also what this process made: when another one was first, its authority is the one that counts.
        return TryLoad(home, clock) ?? throw Unusable(home, "it vanished while it was made", "start again");
    }

    private static CertificateAuthority? TryLoad(HomeFolder home, TimeProvider clock)
    {
        try
        {
            return home.Read(CertificateAuthority.FileName, LargestFile) is { } content ? Load(home, Encoding.UTF8.GetString(content), clock) : null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or InvalidDataException)
        {
            throw Damaged(home, "it is no PEM file with a P-256 key and its certificate", e);
        }
    }

    private static CertificateAuthority Load(HomeFolder home, string pem, TimeProvider clock)
    {
        if (home.IsOpenToOthers(CertificateAuthority.FileName))
        {
            throw Unusable(home, "others may read this private key", "run chmod 600 on it, and move it away instead if somebody may have copied it");
        }

        var key = ECDsa.Create();
        X509Certificate2? certificate = null;
        try
        {
            key.ImportFromPem(pem);
            certificate = X509Certificate2.CreateFromPem(pem);
            CheckForm(home, certificate, key);
            var authority = new CertificateAuthority(certificate, key);
            CheckTime(home, authority, clock.GetUtcNow());
            return authority;
        }
        catch
        {
            certificate?.Dispose();
            key.Dispose();
            throw;
        }
    }

    private static void CheckForm(HomeFolder home, X509Certificate2 certificate, ECDsa key)
    {
        if (!key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo()))
        {
            throw Damaged(home, "its key and its certificate don't belong together");
        }

        if (key.KeySize != 256 || !certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(c => c.CertificateAuthority)
            || !certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any())
        {
            throw Damaged(home, "its certificate is none of a P-256 authority with a key identifier");
        }
    }

    private static void CheckTime(HomeFolder home, CertificateAuthority authority, DateTimeOffset now)
    {
        if (now < authority.NotBefore)
        {
            throw Unusable(home, $"it is valid from {authority.NotBefore:yyyy-MM-dd} only", "set this computer's clock");
        }

        if (now > authority.NotAfter)
        {
            throw Unusable(
                home,
                $"it expired on {authority.NotAfter:yyyy-MM-dd}",
                "move it away to have a new one made, which phones must install");
        }
    }

    private static byte[] NewFile(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName("TrafficAudit: test authority of one computer, for phones under test");
        name.AddCommonName($"TrafficAudit CA {RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        var extensions = request.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        extensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        extensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));

        using var certificate = request.Create(
            request.SubjectName,
            X509SignatureGenerator.CreateForECDsa(key),
            now - ClockAllowance,
            now.AddYears(ValidYears),
            CertificateAuthority.NewSerialNumber());
        return Encoding.ASCII.GetBytes($"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n");
    }

    private static CertificateAuthorityException Damaged(HomeFolder home, string why, Exception? inner = null) =>
        Unusable(home, why, "put your copy back, or move it away to have a new one made, which phones must install", inner);

    private static CertificateAuthorityException Unusable(HomeFolder home, string why, string remedy, Exception? inner = null)
    {
        var message = $"the certificate authority {home.PathOf(CertificateAuthority.FileName)} can't be used: {why}; {remedy}";
        return inner is null ? new CertificateAuthorityException(message) : new CertificateAuthorityException(message, inner);
    }
}
