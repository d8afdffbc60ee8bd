using System.Net.Security;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Review.Tests;

/// <summary>Certificates for a listener off loopback, signed by an authority of the test.</summary>
internal static class Certificates
{
    public static Func<string, SslStreamCertificateContext?> Of(TestAuthority authority) =>
        name => SslStreamCertificateContext.Create(authority.Issue([name]), additionalCertificates: null, offline: true);
}
