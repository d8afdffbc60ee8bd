using System.Collections.Concurrent;
using System.Net;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>What came of looking for an upstream: one, entered, or why there is none.</summary>
internal sealed record UpstreamOutcome(Upstream? Upstream, NameResolution Resolution, FlowFailure? Failure = null, string? Detail = null);

/// <summary>
/// One <see cref="Upstream"/> for each (scheme, server name, port, address) in use. An address is tried by connecting before an upstream is
/// made for it, so that of several addresses the first that answers is taken. Idle upstreams are disposed.
/// </summary>
internal sealed class UpstreamPool : IDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<Key, Upstream> _upstreams = new();
    private readonly UpstreamConnector _connector;
    private readonly Dialer _dialer;
    private readonly ForwardingOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;
    private List<Upstream> _removed = [];

    public UpstreamPool(UpstreamConnector connector, Dialer dialer, ForwardingOptions options, TimeProvider time)
    {
        _connector = connector;
        _dialer = dialer;
        _options = options;
        _time = time;
        _sweep = time.CreateTimer(_ => Sweep(), null, IdleTime, IdleTime);
    }

    /// <summary>Finds or makes the upstream for <paramref name="target"/>; whoever gets one calls <see cref="Upstream.Leave"/> after use.</summary>
    public async ValueTask<UpstreamOutcome> EnterAsync(Target target, CancellationToken cancellation)
    {
        var (resolution, allowed, refused) = await _connector.ChooseAsync(target.Host, target.Port, target.Pinned, cancellation);
        if (refused is not null)
        {
            return new UpstreamOutcome(null, resolution, refused.Failure, refused.Detail);
        }

        foreach (var address in allowed)
        {
            if (_upstreams.TryGetValue(Key.Of(target, address), out var known) && Enter(target, known))
            {
                return new UpstreamOutcome(known, resolution);
            }
        }

        var opened = await _connector.ConnectAsync(resolution, allowed, target.Port, cancellation);
        return opened.Connection is null
            ? new UpstreamOutcome(null, resolution, opened.Failure, opened.Detail)
            : new UpstreamOutcome(Add(target, opened.Connection), resolution);
    }

    public void Dispose()
    {
        _sweep.Dispose();
        foreach (var upstream in _upstreams.Values.Concat(_removed))
        {
            upstream.Dispose();
        }

        _upstreams.Clear();
    }

    private Upstream Add(Target target, UpstreamConnection connection)
    {
        var made = new Upstream(target, connection, _dialer, _options, _time);
        made.Enter();
        while (true)
        {
            var kept = _upstreams.GetOrAdd(Key.Of(target, connection.Address), made);
            if (ReferenceEquals(kept, made))
            {
                return made;
            }

            // Another request was faster; its upstream serves both, unless it has failed since.
            if (Enter(target, kept))
            {
                made.Dispose();
                return kept;
            }
        }
    }

    private bool Enter(Target target, Upstream upstream)
    {
        upstream.Enter();
        if (!upstream.IsFailed)
        {
            return true;
        }

        upstream.Leave();
        _upstreams.TryRemove(new KeyValuePair<Key, Upstream>(Key.Of(target, upstream.Address), upstream));
        return false;
    }

    /// <summary>
    /// Removes what was idle for one period; what was removed is disposed by the next one, when nobody who had looked it up before
    /// the removal can still be about to enter it.
    /// </summary>
    private void Sweep()
    {
        foreach (var removed in _removed)
        {
            if (removed.IsIdle(TimeSpan.Zero))
            {
                removed.Dispose();
            }
        }

        _removed = [.. _removed.Where(r => !r.IsIdle(TimeSpan.Zero))];
        foreach (var (key, upstream) in _upstreams)
        {
            if (upstream.IsIdle(IdleTime) && _upstreams.TryRemove(key, out _))
            {
                _removed.Add(upstream);
            }
        }
    }

    private readonly record struct Key(string Scheme, string TlsName, int Port, IPAddress Address)
    {
        public static Key Of(Target target, IPAddress address) => new(target.Scheme, target.TlsName, target.Port, address);
    }
}
