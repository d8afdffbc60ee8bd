using System.Net.Security;
using System.Security.Cryptography;

namespace TrafficAudit.Capture.Certificates;

/// <summary>
/// The certificates that stand in for real servers, one a host, made on first use and kept. Safe for use by several threads; one host is
/// made once, however many connections ask for it together.
/// </summary>
public sealed class LeafCertificates : IDisposable
{
    /// <summary>How long before its end a certificate is made anew.</summary>
    private static readonly TimeSpan RenewalMargin = TimeSpan.FromDays(30);

    private readonly TimeProvider clock;
    private readonly LeafMint mint;
    private readonly DateTimeOffset authorityEnd;
    private readonly int capacity;

    private readonly Lock cacheLock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> byUse = new();

    /// <summary>An empty cache for certificates of <paramref name="authority"/>, which must outlive it.</summary>
    /// <param name="authority">Signs the certificates.</param>
    /// <param name="clock">Tells when certificates begin and are renewed.</param>
    /// <param name="capacity">
    /// How many hosts are kept, 1 or more; the least recently used goes first. One takes about 20 KiB after its handshakes (measured on Linux),
    /// so that the default stays near 80 MiB.
    /// </param>
    public LeafCertificates(CertificateAuthority authority, TimeProvider clock, int capacity = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        this.clock = clock;
        this.capacity = capacity;
        mint = new LeafMint(authority);
        authorityEnd = authority.NotAfter;
    }

    /// <summary>How many hosts are kept now.</summary>
    public int Count
    {
        get
        {
            lock (cacheLock)
            {
                return entries.Count;
            }
        }
    }

    /// <summary>
    /// The certificate for a server name, in any form that a peer may send it: DNS name (upper case, final dot, U-labels) or IP address (IPv6 with
    /// or without brackets).
    /// </summary>
    /// <returns>
    /// Null when no certificate can carry the name: empty, over 253 characters, a wildcard, control or other characters that no host name holds. The
    /// caller then uses the name that the tunnel was asked for, or passes the connection on unread.
    /// </returns>
    public SslStreamCertificateContext? For(string? serverName)
    {
        if (!ServerName.TryParse(serverName, out var name))
        {
            return null;
        }

        var entry = EntryFor(name, clock.GetUtcNow());
        try
        {
            return entry.Context.Value;
        }
        catch (CryptographicException)
        {
            // A Lazy keeps its exception; a passing fault (no file handle left) must not stay with the host.
            Forget(entry);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => mint.Dispose();

    private Entry EntryFor(ServerName name, DateTimeOffset now)
    {
        lock (cacheLock)
        {
            if (entries.TryGetValue(name.Text, out var node))
            {
                byUse.Remove(node);
                if (now < node.Value.RenewAt)
                {
                    byUse.AddFirst(node);
                    return node.Value;
                }
            }
            else if (entries.Count >= capacity)
            {
                // What is dropped isn't disposed: connections may still use it.
                entries.Remove(byUse.Last!.Value.Name);
                byUse.RemoveLast();
            }

            var entry = new Entry(name.Text, new Lazy<SslStreamCertificateContext>(() => mint.Mint(name, now)), RenewalTime(now));
            entries[name.Text] = byUse.AddFirst(entry);
            return entry;
        }
    }

    /// <summary>A certificate that the authority's own end cuts short would be no longer if it were made again.</summary>
    private DateTimeOffset RenewalTime(DateTimeOffset now)
    {
        var end = now + LeafMint.Validity;
        return end < authorityEnd ? end - RenewalMargin : DateTimeOffset.MaxValue;
    }

    private void Forget(Entry entry)
    {
        lock (cacheLock)
        {
            if (entries.TryGetValue(entry.Name, out var node) && ReferenceEquals(node.Value, entry))
            {
                entries.Remove(entry.Name);
                byUse.Remove(node);
            }
        }
    }

    private sealed record Entry(string Name, Lazy<SslStreamCertificateContext> Context, DateTimeOffset RenewAt);
}
