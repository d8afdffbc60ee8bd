using System.Collections.Concurrent;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Handshakes;

/// <summary>What a connection that brought no request means.</summary>
internal enum RefusalVerdict
{
    /// <summary>It says nothing: browsers open connections that they never use.</summary>
    None,

    /// <summary>The client refuses the proxy's certificate for this host.</summary>
    Refused,

    /// <summary>It refuses it, and from now on is exempted.</summary>
    Exempted,
}

/// <summary>
/// Decides when a client's silence is a refusal (certificate pinning), and which hosts are relayed undecrypted because of one. A refusal is a TLS
/// alert that refuses the certificate, or two closes in a row right after it without a byte of application data: never for a host that
/// the client had decrypted before, and a client is exempted only once it has shown that it trusts the authority at all (<see cref="SetupCheck.CaTrusted"/>),
/// since else every app on a phone without the certificate would be. Safe for use by several threads.
/// </summary>
internal sealed class Refusals(OnRefusal onRefusal, SetupChecks checks, Func<Exemption, Task> journal, TimeProvider time)
{
    public static readonly TimeSpan ExemptFor = TimeSpan.FromMinutes(10);

    /// <summary>A close is an answer to the certificate only when it comes soon; a connection that was kept in reserve is closed later.</summary>
    public static readonly TimeSpan RightAfter = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Beyond this many pairs of client and host nothing more is learnt, and nobody else exempted: what is known of hosts that were decrypted must
    /// not be lost, and a client could fill any store with invented names.
    /// </summary>
    private const int MaximumKnown = 20_000;

    private readonly ConcurrentDictionary<(string Client, string Host), Knowledge> _known = new();

    /// <summary>Whether connections of <paramref name="client"/> to <paramref name="host"/> are to be relayed now.</summary>
    public bool IsExempt(string client, string host) =>
        _known.TryGetValue((client, host), out var known) && known.ExemptUntil > time.GetUtcNow();

    /// <summary>A byte of application data was decrypted: the client accepts the certificate for this host.</summary>
    public void Decrypted(string client, string host)
    {
        if (Of(client, host) is { } known)
        {
            known.IsReadable = true;
        }
    }

    /// <summary>The client sent an alert that refuses the certificate.</summary>
    public Task<RefusalVerdict> AlertedAsync(string client, string host, string detail) => RefusedAsync(client, host, Of(client, host), detail);

    /// <summary>The client closed without a byte of application data, <paramref name="after"/> it had the certificate.</summary>
    public async Task<RefusalVerdict> ClosedAsync(string client, string host, TimeSpan after)
    {
        if (Of(client, host) is not { IsReadable: false } known || after > RightAfter)
        {
            return RefusalVerdict.None;
        }

        return known.CountClose() < 2
            ? RefusalVerdict.None
            : await RefusedAsync(client, host, known, "The client closed twice in a row right after the proxy's certificate");
    }

    private async Task<RefusalVerdict> RefusedAsync(string client, string host, Knowledge? known, string detail)
    {
        if (known is not { IsReadable: false } || onRefusal == OnRefusal.Fail || !checks.HasPassed(client, SetupCheck.CaTrusted))
        {
            return RefusalVerdict.Refused;
        }

        var now = time.GetUtcNow();
        if (!known.TryBegin(now))
        {
            return RefusalVerdict.Refused;
        }

        try
        {
            await journal(new Exemption(client, host, now, now + ExemptFor, detail));
        }
        catch (IOException)
        {
            // The evidence can't be written any more, which stops the forwarding: without the journal nobody is exempted.
            known.Exempt(DateTimeOffset.MinValue);
            return RefusalVerdict.Refused;
        }

        known.Exempt(now + ExemptFor);
        return RefusalVerdict.Exempted;
    }

    private Knowledge? Of(string client, string host) =>
        _known.TryGetValue((client, host), out var known) ? known
        : _known.Count >= MaximumKnown ? null
        : _known.GetOrAdd((client, host), static _ => new Knowledge());

    private sealed class Knowledge
    {
        private readonly Lock _exemptionLock = new();
        private int _closes;
        private volatile bool _isReadable;
        private DateTimeOffset _exemptUntil;
        private bool _isBegun;

        public DateTimeOffset ExemptUntil
        {
            get
            {
                lock (_exemptionLock)
                {
                    return _exemptUntil;
                }
            }
        }

        public bool IsReadable
        {
            get => _isReadable;
            set
            {
                _isReadable = value;
                Volatile.Write(ref _closes, 0);
            }
        }

        public int CountClose() => Interlocked.Increment(ref _closes);

        /// <summary>False when another connection was faster; whoever gets true ends it by <see cref="Exempt"/>.</summary>
        public bool TryBegin(DateTimeOffset now)
        {
            lock (_exemptionLock)
            {
                if (_isBegun || _exemptUntil > now)
                {
                    return false;
                }

                _isBegun = true;
                return true;
            }
        }

        public void Exempt(DateTimeOffset until)
        {
            lock (_exemptionLock)
            {
                _exemptUntil = until;
                _isBegun = false;
                Volatile.Write(ref _closes, 0);
            }
        }
    }
}
