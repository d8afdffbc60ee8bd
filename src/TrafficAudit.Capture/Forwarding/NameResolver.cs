using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using TrafficAudit.Capture.Names;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>
/// Turns host names into addresses: first by <c>--resolve</c>, then by the name servers of <c>--dns</c> or, without them, the system's resolver. DNS answers are kept
/// for a short while.
/// </summary>
/// <param name="rules">Names that are answered without DNS.</param>
/// <param name="time">The clock.</param>
/// <param name="servers">The name servers to ask instead of the system; null for none.</param>
public sealed class NameResolver(ResolveRules rules, TimeProvider time, DnsServers? servers = null)
{
    private const int MaximumKept = 10_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SystemChains _chains = new(() => DnsServers.OfSystem(time), time);
    private readonly ConcurrentDictionary<string, (ResolvedName Name, long At)> _answers = new(StringComparer.Ordinal);

    /// <summary>Resolves <paramref name="host"/>; an empty answer when it has no address, or DNS does not answer in ten seconds.</summary>
    public async ValueTask<ResolvedName> ResolveAsync(string host, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (IPAddress.TryParse(host, out var literal))
        {
            return new ResolvedName("literal", [literal]);
        }

        if (rules.Find(host) is { } address)
        {
            return new ResolvedName("option", [address]);
        }

        if (_answers.TryGetValue(host, out var known) && time.GetElapsedTime(known.At) < KeptFor)
        {
            return known.Name;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var answer = servers is null ? await AskSystemAsync(host, limit.Token) : await AskServersAsync(servers, host, limit);
        cancellation.ThrowIfCancellationRequested();
        if (_answers.Count >= MaximumKept)
        {
            _answers.Clear();
        }

        _answers[host] = (answer, time.GetTimestamp());
        return answer;
    }

    private async Task<ResolvedName> AskSystemAsync(string host, CancellationToken limit)
    {
        using var beside = CancellationTokenSource.CreateLinkedTokenSource(limit);
        var chain = _chains.AskAsync(host, beside.Token);
        try
        {
            // The system knows what DNS doesn't (hosts file, split DNS of a VPN): its answer is the one that counts.
            var entry = await Dns.GetHostEntryAsync(host, limit);
            var last = entry.HostName.TrimEnd('.').ToLowerInvariant();
            var canonical = last.Length == 0 || last.Equals(host.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) ? null : last;
            beside.CancelAfter(SystemChains.Grace);
            return new ResolvedName("dns", [.. entry.AddressList], canonical, SystemChains.Fitting(await chain, canonical, [.. entry.AddressList]));
        }
        catch (Exception e) when (e is SocketException or ArgumentException or OperationCanceledException)
        {
            return new ResolvedName("dns", []);
        }
        finally
        {
            await beside.CancelAsync();
            await chain;
        }
    }

    private static async Task<ResolvedName> AskServersAsync(DnsServers servers, string host, CancellationTokenSource limit)
    {
        var v4 = servers.AskAsync(host, DnsRecordType.A, limit.Token);
        var v6 = servers.AskAsync(host, DnsRecordType.Aaaa, limit.Token);
        var first = await v4;
        if (first is { Addresses.IsEmpty: false })
        {
            // Some servers never answer to the other question.
            limit.CancelAfter(SystemChains.Grace);
        }

        // IPv4 first: where there is no IPv6, which many labs lack, nothing waits for it.
        var second = await v6;
        var chain = first?.Chain ?? second?.Chain;
        return new ResolvedName("dns", [.. first?.Addresses ?? [], .. second?.Addresses ?? []], chain?.LastOrDefault(), chain);
    }
}
