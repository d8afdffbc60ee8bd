using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>The addresses of a host and how they were found.</summary>
/// <param name="Source"><c>dns</c>, <c>option</c> or <c>literal</c>.</param>
/// <param name="Addresses">In the answer's order; empty when the name has none.</param>
/// <param name="Canonical">See <see cref="Model.NameResolution"/>.</param>
public sealed record ResolvedName(string Source, ImmutableArray<IPAddress> Addresses, string? Canonical = null);

/// <summary>Turns host names into addresses: first by <c>--resolve</c>, then by the system's DNS, whose answers are kept for a short while.</summary>
public sealed class NameResolver(ResolveRules rules, TimeProvider time)
{
    private const int MaximumKept = 10_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

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

        var answer = await AskAsync(host, cancellation);
        if (_answers.Count >= MaximumKept)
        {
            _answers.Clear();
        }

        _answers[host] = (answer, time.GetTimestamp());
        return answer;
    }

    private static async Task<ResolvedName> AskAsync(string host, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            // The system's resolver follows CNAME records itself and tells the last name alone.
            var entry = await Dns.GetHostEntryAsync(host, limit.Token);
            var canonical = entry.HostName.TrimEnd('.').ToLowerInvariant();
            return new ResolvedName("dns", [.. entry.AddressList], canonical.Length == 0 || canonical.Equals(host.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) ? null : canonical);
        }
        catch (Exception e) when (e is SocketException or ArgumentException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new ResolvedName("dns", []);
        }
    }
}
