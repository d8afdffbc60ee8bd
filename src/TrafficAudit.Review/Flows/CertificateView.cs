using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TrafficAudit.Review.Display;

namespace TrafficAudit.Review.Flows;

/// <summary>A certificate as the page shows it. Its names are text that a server sent, and inert.</summary>
/// <param name="Subject">Its subject (RFC 4514); empty where the bytes are no certificate.</param>
/// <param name="Issuer">Its issuer.</param>
/// <param name="From">The first moment that it is valid, UTC; null where the bytes are no certificate.</param>
/// <param name="Until">The last one.</param>
/// <param name="Sha256">SHA-256 of its DER, lower-case hex.</param>
internal sealed record CertificateView(string Subject, string Issuer, DateTimeOffset? From, DateTimeOffset? Until, string Sha256)
{
    /// <summary>Longer chains are cut: no browser follows them.</summary>
    private const int Most = 10;

    /// <summary>The certificates of a chain, leaf first.</summary>
    public static ImmutableArray<CertificateView> Of(ImmutableArray<byte[]> chain) => chain.IsDefault ? [] : [.. chain.Take(Most).Select(Of)];

    private static CertificateView Of(byte[] der)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(der));
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            return new(
                InertText.Of(certificate.Subject), InertText.Of(certificate.Issuer), new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter), sha256);
        }
        catch (CryptographicException)
        {
            return new("", "", null, null, sha256);
        }
    }
}
