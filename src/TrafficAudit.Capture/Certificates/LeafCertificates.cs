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

    private readonly TimeProvider _clock;
    private readonly LeafMint _mint;
    private readonly DateTimeOffset _authorityEnd;
    private readonly int _capacity;

    private readonly Lock _cacheLock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();

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
        _clock = clock;
        _capacity = capacity;
        _mint = new LeafMint(authority);
        _authorityEnd = authority.NotAfter;
    }

    /// <summary>How many hosts are kept now.</summary>
    public int Count
    {
        get
        {
            lock (_cacheLock)
            {
                return _entries.Count;
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

        var entry = EntryFor(name, _clock.GetUtcNow());
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
    public void Dispose() => _mint.Dispose();

    private Entry EntryFor(ServerName name, DateTimeOffset now)
    {
        lock (_cacheLock)
        {
            if (_entries.TryGetValue(name.Text, out var node))
            {
                _byUse.Remove(node);
                if (now < node.Value.RenewAt)
                {
                    _byUse.AddFirst(node);
                    return node.Value;
                }
            }
            else if (_entries.Count >= _capacity)
            {
                // What is dropped isn't disposed: connections may still use it.
                _entries.Remove(_byUse.Last!.Value.Name);
                _byUse.RemoveLast();
            }

            var entry = new Entry(name.Text, new Lazy<SslStreamCertificateContext>(() => _mint.Mint(name, now)), RenewalTime(now));
            _entries[name.Text] = _byUse.AddFirst(entry);
            return entry;
        }
    }

    /// <summary>A certificate that the authority's own end cuts short would be no longer if it were made again.</summary>
    private DateTimeOffset RenewalTime(DateTimeOffset now)
    {
        var end = now + LeafMint.Validity;
        return end < _authorityEnd ? end - RenewalMargin : DateTimeOffset.MaxValue;
    }

    private void Forget(Entry entry)
    {
        lock (_cacheLock)
        {
            if (_entries.TryGetValue(entry.Name, out var node) && ReferenceEquals(node.Value, entry))
            {
                _entries.Remove(entry.Name);
                _byUse.Remove(node);
            }
        }
    }

    private sealed record Entry(string Name, Lazy<SslStreamCertificateContext> Context, DateTimeOffset RenewAt);
}
