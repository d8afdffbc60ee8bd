using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using TrafficAudit.Capture.Handshakes;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>
/// Verifies servers' certificates against the system's roots, then against the additional ones: a wrong name is never forgiven, nor
/// is any other fault of the chain. Keeps the chain as the server sent it.
/// </summary>
internal sealed class ServerCertificates(X509Certificate2Collection additionalRoots)
{
    private volatile string? _fault;

    /// <summary>The chain of each session, by its <see cref="SslStream"/>: several may be begun at the same time.</summary>
    private readonly ConditionalWeakTable<object, byte[][]> _chains = [];

    public string? Fault => _fault;

    /// <summary>How TLS is begun with a server; its certificate is verified here.</summary>
    public SslClientAuthenticationOptions OptionsFor(string host) => new()
    {
        TargetHost = host,
        RemoteCertificateValidationCallback = Verify,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
    };

    /// <summary>A server's session as flows record it.</summary>
    public TlsSession SessionOf(SslStream ssl)
    {
        var alpn = ssl.NegotiatedApplicationProtocol.ToString();
        return new TlsSession(
            TlsNames.Version(ssl.SslProtocol),
            TlsNames.CipherSuite(ssl.NegotiatedCipherSuite),
            _chains.TryGetValue(ssl, out var chain) ? [.. chain] : [],
            alpn.Length == 0 ? null : alpn,
            ssl.TargetHostName.Length == 0 || IPAddress.TryParse(ssl.TargetHostName, out _) ? null : ssl.TargetHostName);
    }

    private bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf || chain is null)
        {
            _fault = "The server presented no certificate";
            return false;
        }

        byte[][] certificates = [leaf.RawData, .. chain.ChainPolicy.ExtraStore.Where(c => !c.Equals(leaf)).Select(c => c.RawData)];
        _chains.AddOrUpdate(sender, certificates);
        _fault = errors switch
        {
            SslPolicyErrors.None => null,
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => "The server's certificate is for another name",
            _ => ChainFault(leaf, chain),
        };
        return _fault is null;
    }

    private string? ChainFault(X509Certificate2 leaf, X509Chain systemChain)
    {
        if (additionalRoots.Count == 0)
        {
            return Describe(systemChain);
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(additionalRoots);
        chain.ChainPolicy.ExtraStore.AddRange(systemChain.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1")); // serverAuth, RFC 5280, 4.2.1.12
        return chain.Build(leaf) ? null : Describe(chain);
    }

    private static string Describe(X509Chain chain) =>
        $"The server's certificate does not verify ({string.Join(", ", chain.ChainStatus.Select(s => s.Status).Distinct())})";
}
