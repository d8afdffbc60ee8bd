using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TrafficAudit.Geolocation.Recipients;

/// <summary>The organisation that a server's certificate names.</summary>
internal static class CertificateOrganization
{
    private const string OrganizationOid = "2.5.4.10";
    private const int MaxLength = 200;

    // What openssl fills in where nobody typed anything.
    private const string Placeholder = "Internet Widgits Pty Ltd";

    /// <summary>
    /// The subject's O (RFC 5280) of a leaf in DER; null when it has none, can't be read, or is not made out for <paramref name="host"/>, so that
    /// a certificate shown for another name gives this one no owner. The chain is not checked: the name is what the server claims.
    /// </summary>
    public static string? Find(byte[] der, string host)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            return certificate.MatchesHostname(host) ? Clean(FindOrganization(certificate.SubjectName)) : null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Bytes from the network that are no certificate, or a host that certificates can't be made out for (a_.example): no name.
            return null;
        }
    }

    private static string? FindOrganization(X500DistinguishedName subject) => subject.EnumerateRelativeDistinguishedNames()
        .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == OrganizationOid)
        .Select(name => name.GetSingleElementValue())
        .FirstOrDefault();

    private static string? Clean(string? name)
    {
        var text = name is null ? "" : string.Concat(name.Where(c => !char.IsControl(c))).Trim();
        return text.Length is 0 or > MaxLength || text == Placeholder ? null : text;
    }
}
