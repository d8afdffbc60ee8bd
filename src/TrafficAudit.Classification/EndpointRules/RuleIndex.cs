using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>
/// Which rules a request's host and path have. What a host has is kept, so that a host without rules costs one look-up; the first time its name and each
/// suffix of it are looked up, and the few endpoints whose hosts are patterns are tried. Thread-safe.
/// </summary>
internal sealed class RuleIndex
{
    // Emptied when full: a capture names some thousand hosts, a hostile one as many as it likes.
    private const int MaxCached = 10_000;

    private readonly FrozenDictionary<string, Entry[]> _byHost;
    private readonly FrozenDictionary<string, Entry[]> _bySuffix;
    private readonly Entry[] _byPattern;
    private readonly ConcurrentDictionary<string, Entry[]> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>An index of <paramref name="rules"/>.</summary>
    public RuleIndex(IEnumerable<EndpointRule> rules)
    {
        var entries = rules.SelectMany(rule => rule.Endpoints.Select(endpoint => new Entry(endpoint, rule))).ToList();
        _byHost = Grouped(entries.Where(entry => entry.Endpoint is { Host: not null, IsSuffix: false }));
        _bySuffix = Grouped(entries.Where(entry => entry.Endpoint is { Host: not null, IsSuffix: true }));
        _byPattern = [.. entries.Where(entry => entry.Endpoint.Host is null)];
    }

    /// <summary>Whether there is any rule for this host.</summary>
    public bool Knows(string host) => Of(host).Length > 0;

    /// <summary>The rules for a host and the path of a request, each once.</summary>
    public List<EndpointRule> Find(string host, string path)
    {
        var found = new List<EndpointRule>();
        foreach (var entry in Of(host))
        {
            if (!found.Contains(entry.Rule) && entry.Endpoint.MatchesPath(path))
            {
                found.Add(entry.Rule);
            }
        }

        return found;
    }

    private static FrozenDictionary<string, Entry[]> Grouped(IEnumerable<Entry> entries) =>
        entries.GroupBy(entry => entry.Endpoint.Host!).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private Entry[] Of(string host)
    {
        if (_known.TryGetValue(host, out var known))
        {
            return known;
        }

        if (_known.Count >= MaxCached)
        {
            _known.Clear();
        }

        return _known[host] = Look(host.TrimEnd('.').ToLowerInvariant());
    }

    private Entry[] Look(string host)
    {
        var found = new List<Entry>(_byHost.GetValueOrDefault(host) ?? []);
        for (var dot = host.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = host.IndexOf('.', dot + 1))
        {
            found.AddRange(_bySuffix.GetValueOrDefault(host[(dot + 1)..]) ?? []);
        }

        found.AddRange(_byPattern.Where(entry => entry.Endpoint.MatchesHost(host)));
        return [.. found];
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(Endpoint Endpoint, EndpointRule Rule);
}
