using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using TrafficAudit.Review.Access;

namespace TrafficAudit.Review;

/// <summary>Where the review UI listens and by which names it may be called.</summary>
public sealed record ReviewOptions
{
    /// <summary>
    /// The address to listen on, by default 127.0.0.1:8090; port 0 takes any free one. On an address that is not loopback it
    /// speaks HTTPS only, with <see cref="Certificates"/>.
    /// </summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8090);

    /// <summary>
    /// Further values of the <c>Host</c> header to answer to, beside the address listened on and, on loopback, <c>localhost</c>: a name
    /// alone (<c>lab-laptop.example</c>) goes with the port listened on, <c>name:port</c> stands for itself (a forwarded port). Every
    /// other name is refused, because a web site can make its own name point here (DNS rebinding).
    /// </summary>
    public ImmutableArray<string> AllowedHosts { get; init; } = [];

    /// <summary>
    /// Gives the certificate for a host name or an IP address, asked for at every connection, so that one that ends can be followed by
    /// another. Needed where <see cref="Listen"/> is not loopback; not used where it is.
    /// </summary>
    public Func<string, SslStreamCertificateContext?>? Certificates { get; init; }

    /// <summary>Who started the program, and so signs in by the token link: the name for the journal.</summary>
    public string Starter { get; init; } = Environment.UserName;

    /// <summary>Where users and client tokens are kept; null: there is only who started the program.</summary>
    public IAccessFile? Access { get; init; }

    /// <summary>After how long without use people have to sign in again, by default 8 hours; after 24 hours they have to in any case.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromHours(8);

    internal bool IsTls => !IPAddress.IsLoopback(Listen.Address);
}
