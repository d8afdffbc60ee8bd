using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Review;
using TrafficAudit.Review.Access;
using TrafficAudit.Running;

namespace TrafficAudit.Access;

/// <summary>Where the review UI listens, by which certificates and for whom.</summary>
internal sealed class ReviewListener : IDisposable
{
    // Its address and a name or two; more are forgotten and made again.
    private const int MostNames = 16;

    private readonly LeafCertificates? _certificates;

    /// <param name="listen">Where it listens.</param>
    /// <param name="home">The installation, with its users.</param>
    /// <param name="authority">Signs the certificate, where it is needed: off loopback.</param>
    /// <param name="starter">Who started the program; null: the user of the operating system.</param>
    /// <param name="idle">After how long without use people sign in again.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="RejectedRequestException">The list of users is damaged.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public ReviewListener(IPEndPoint listen, string home, CertificateAuthority authority, string? starter, TimeSpan idle, TimeProvider time)
    {
        var file = UsersFile.Open(home);

        // A damaged list is said before anything is recorded.
        _ = new Users(new AccessList(file), time).List();
        _certificates = IPAddress.IsLoopback(listen.Address) ? null : new LeafCertificates(authority, time, MostNames);
        Options = new ReviewOptions
        {
            Listen = listen,
            Access = file,
            Certificates = _certificates is null ? null : _certificates.For,
            SessionIdle = idle,
        };
        Options = Options with { Starter = starter ?? (Options.Starter.Length > 0 ? Options.Starter : "operator") };
    }

    /// <summary>What the review UI is started with.</summary>
    public ReviewOptions Options { get; }

    /// <summary>
    /// SHA-256 of the key by which the listener is known (SubjectPublicKeyInfo, RFC 7469), lower-case hex; null where it speaks plain HTTP. All
    /// its certificates have this key, also those that follow when one ends.
    /// </summary>
    public string? KeyDigest(ReviewHost review) => CertificateOf(review) is { } certificate ? RunningCase.KeyDigestOf(certificate) : null;

    /// <summary>SHA-256 of the certificate as browsers show it; null where it speaks plain HTTP.</summary>
    public string? Fingerprint(ReviewHost review) => CertificateOf(review) is { } certificate
        ? string.Join(':', certificate.GetCertHash(HashAlgorithmName.SHA256).Select(b => b.ToString("X2")))
        : null;

    public void Dispose() => _certificates?.Dispose();

    private X509Certificate2? CertificateOf(ReviewHost review) => _certificates?.For(review.Address.Host)?.TargetCertificate;
}
