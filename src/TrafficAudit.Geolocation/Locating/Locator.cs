using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Hints;
using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Locating;

/// <summary>
/// Where the server of a flow is, and how sure that is. The answer depends on the flow, the databases and the tables alone, never on the flows before:
/// <code>
/// address ─► databases ─┐
/// host, CNAME ─► tokens ├─► claims (who says which country) ─► what the round trip excludes ─► country, grade, observations
/// response ─► edge hints┘
/// </code>
/// Any thread may use it. What it has worked out is kept, so that the many flows of one destination cost a look-up in a table each.
/// </summary>
public sealed class Locator(GeoDatabases databases, LocationTables tables)
{
    // Emptied when full: a hostile page can name as many hosts as it likes.
    private const int MaximumKept = 100_000;

    // Each holds a distance per country; imports can bring positions, one for each is enough.
    private const int MaximumLabs = 16;

    private readonly ConcurrentDictionary<GeoPosition, RoundTripBound> _bounds = new();
    private volatile ConcurrentDictionary<Asked, DestinationClaims> _claims = new();

    /// <summary>Called once for each answer that is worked out for the first time, to keep it as evidence.</summary>
    public Action<AddressLookup>? OnLookup { get; init; }

    /// <summary>From the next flow on, everything is looked up again: the databases have changed. A look-up that is under way ends in those before.</summary>
    public void Forget() => _claims = new();

    /// <summary>Locates the server that a flow went to.</summary>
    /// <param name="metadata">The flow.</param>
    /// <param name="response">The head of its response; null where none came.</param>
    /// <returns>The answer; null when no address is known. Names are never looked up here.</returns>
    public AddressLookup? Locate(FlowMetadata metadata, HttpHead? response)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var isLater = metadata is { Upstream: null, Resolution.Source: ObservationSource.ResolvedLater };
        var address = isLater ? metadata.Resolution!.Addresses.FirstOrDefault() : metadata.Upstream?.Address;
        if (address is null || !IPAddress.TryParse(address, out var parsed))
        {
            return null;
        }

        var hints = response is null ? [] : tables.Headers.Read(response);
        var asked = new Asked(address, metadata.Host, string.Join(' ', NamesOf(metadata)), Gist(hints), isLater);
        var kept = _claims;
        if (!kept.TryGetValue(asked, out var claims))
        {
            if (kept.Count >= MaximumKept)
            {
                kept.Clear();
            }

            claims = kept.GetOrAdd(asked, Collect(parsed, metadata, hints, isLater));
        }

        return claims.Judge(BoundOf(metadata), metadata.Upstream?.ConnectTime ?? default, OnLookup);
    }

    private DestinationClaims Collect(IPAddress address, FlowMetadata metadata, IReadOnlyList<EdgeHint> hints, bool isLater)
    {
        var found = databases.Find(address);
        var led = NamesOf(metadata);
        var network = tables.Networks.Find(address, found.Asn, metadata.Host, led);
        var names = ImmutableArray.CreateBuilder<(string Host, NameHint Hint)>();
        foreach (var host in led.Prepend(metadata.Host))
        {
            names.AddRange(tables.HostNames.Read(host).Select(hint => (host, hint)));
        }

        return new DestinationClaims(found with { Host = metadata.Host, Resolution = metadata.Resolution }, network, [.. hints.Select(hint => EdgeHeader.Of(hint, network, tables.Networks))], names.DrainToImmutable(), isLater);
    }

    private RoundTripBound? BoundOf(FlowMetadata metadata)
    {
        if (metadata is not { LabPosition: { } lab, Upstream.ConnectTime: not null })
        {
            return null;
        }

        if (!_bounds.TryGetValue(lab, out var bound))
        {
            if (_bounds.Count >= MaximumLabs)
            {
                _bounds.Clear();
            }

            bound = _bounds.GetOrAdd(lab, new RoundTripBound(tables.Outlines, lab));
        }

        return bound;
    }

    private static ImmutableArray<string> NamesOf(FlowMetadata metadata) => metadata.Resolution?.Names ?? [];

    private static string Gist(IReadOnlyList<EdgeHint> hints) =>
        hints.Count == 0 ? "" : string.Join(';', hints.Select(hint => $"{hint.Header}={hint.Network}/{hint.Place?.Country}/{hint.Place?.Code}"));

    private sealed record Asked(string Address, string Host, string Names, string Hints, bool IsLater);
}
