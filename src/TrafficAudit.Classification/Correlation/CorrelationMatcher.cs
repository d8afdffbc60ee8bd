using System.Collections.Frozen;
using System.Globalization;
using TrafficAudit.Classification.Detection;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Correlation;

/// <summary>Makes findings of what correlation says, flow by flow, over the very flows that it saw. One thread at a time.</summary>
public sealed class CorrelationMatcher
{
    private const int LongestValue = 1_024;
    private const string IdentifiersGroup = "device_id";

    private readonly LaunchMap _launches;
    private readonly FrozenDictionary<UInt128, CorrelatedPlace> _places;
    private readonly FrozenSet<string> _hosts;
    private readonly PlaceReader _reader = new();
    private readonly Dictionary<UInt128, Dictionary<string, CorrelationLink>> _links = [];
    private readonly HashSet<UInt128> _known = [];

    /// <summary>A matcher.</summary>
    public CorrelationMatcher(CorrelationResult result, LaunchMap launches)
    {
        ArgumentNullException.ThrowIfNull(result);
        _launches = launches;
        _places = result.Identifiers.Concat(result.NearMisses).ToFrozenDictionary(p => p.Digest);
        _hosts = _places.Values.Select(p => p.Place.Host).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Where no finding is made since it is known already what stands there.</summary>
    public bool IsKnown(CorrelatedPlace place) => _known.Contains(place.Digest);

    /// <summary>The known items that travelled in one message with a place's value, most often first.</summary>
    public IReadOnlyList<CorrelationLink> LinksOf(CorrelatedPlace place) =>
        _links.TryGetValue(place.Digest, out var links)
            ? [.. links.Values.OrderByDescending(l => l.Flows).ThenBy(l => l.Item, StringComparer.Ordinal)]
            : [];

    /// <summary>The places of a flow that correlation speaks of, each once.</summary>
    /// <exception cref="IOException">The file that holds a body or messages can't be read.</exception>
    public IReadOnlyList<CorrelationMatch> Match(FlowRecord flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (!_hosts.Contains(flow.Metadata.Host) || _launches.IndexOf(flow.Metadata) < 0)
        {
            return [];
        }

        var matches = new List<CorrelationMatch>();
        var places = new HashSet<UInt128>();
        _reader.Begin(flow);
        foreach (var value in PlacedValue.Of(flow))
        {
            if (_places.TryGetValue(_reader.DigestOf(value.Field), out var place)
                && ShapeReader.Of(value.Field, flow.Metadata.Started) != ValueShape.Nothing && places.Add(place.Digest))
            {
                matches.Add(new CorrelationMatch(place, value));
            }
        }

        return matches;
    }

    /// <summary>The findings by correlation in a flow.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="matches">Its places, as <see cref="Match"/> gave them.</param>
    /// <param name="known">The findings that other detectors made in it.</param>
    public IReadOnlyList<Finding> Findings(FlowRecord flow, IReadOnlyList<CorrelationMatch> matches, IReadOnlyList<Finding> known)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentNullException.ThrowIfNull(known);
        var found = new List<Finding>();
        foreach (var match in matches)
        {
            Add(found, flow, match.Place, match.Value, known);
        }

        return found;
    }

    private void Add(List<Finding> found, FlowRecord flow, CorrelatedPlace place, PlacedValue value, IReadOnlyList<Finding> known)
    {
        var location = LocationOf(value);
        var item = place.Item;
        foreach (var finding in known)
        {
            if (finding.IsCounted && Covers(finding.Location, location))
            {
                // A key that names another identifier than this detector would says what it is; that it is one, this detector knows.
                if (finding.Confidence == Confidence.Certain || ItemTaxonomy.Find(finding.Item)?.Group != IdentifiersGroup)
                {
                    _known.Add(place.Digest);
                    return;
                }

                item = finding.Item;
            }
        }

        NoteLinks(flow.Metadata.Number, place, location, known);
        if (place.Doubts.Contains(CorrelationDoubt.Short))
        {
            // A model's name is no identifier, not even a possible one: it is listed, with what is lacking, and no finding.
            return;
        }

        var text = Correlator.ValueOf(value.Field);
        found.Add(new Finding
        {
            Item = item,
            Detector = Detector.Correlation,
            Strength = place.Strength,
            Reason = place.Reason,
            Value = text.Length <= LongestValue ? text : text[..LongestValue],
            Location = location,
            State = value.Field.IsEncoded() ? FindingState.Encoded : FindingState.Clear,
            Direction = Direction.Collected,
            Flags = flow.Metadata.Scheme == "http" ? ["sent_unencrypted"] : [],
        });
    }

    private void NoteLinks(long flow, CorrelatedPlace place, FindingLocation location, IReadOnlyList<Finding> known)
    {
        if (!_links.TryGetValue(place.Digest, out var links))
        {
            _links.Add(place.Digest, links = new Dictionary<string, CorrelationLink>(StringComparer.Ordinal));
        }

        foreach (var item in known.Where(f => f.Confidence == Confidence.Certain && f.Location.Message == location.Message && f.State != FindingState.Zeroed)
            .Select(f => f.Item).Distinct(StringComparer.Ordinal))
        {
            if (ItemTaxonomy.Find(item) is { IsWeak: false })
            {
                links[item] = links.TryGetValue(item, out var link)
                    ? link with { Flows = link.Flows + 1, FirstFlow = Math.Min(link.FirstFlow, flow) }
                    : new CorrelationLink(item, 1, flow);
            }
        }
    }

    private static FindingLocation LocationOf(PlacedValue value)
    {
        var location = value.Field.Location;
        return value.MessageIndex < 0
            ? location
            : location with
            {
                Path = string.Create(
                    CultureInfo.InvariantCulture, $"[{value.MessageIndex}]{(location.Path.Length == 0 || location.Path[0] == '[' ? "" : ".")}{location.Path}"),
            };
    }

    /// <summary>Whether what was found at a place is about another, too: the same, or one that was decoded from it.</summary>
    private static bool Covers(FindingLocation outer, FindingLocation inner) =>
        outer.Message == inner.Message && outer.Part == inner.Part
        && (outer.Path == inner.Path
            || (outer.Path.Length > 0 && inner.Path.Length > outer.Path.Length && inner.Path.StartsWith(outer.Path, StringComparison.Ordinal)
                && inner.Path[outer.Path.Length] is '.' or '['));
}

/// <summary>A place that correlation speaks of, in one flow.</summary>
public sealed class CorrelationMatch
{
    internal CorrelationMatch(CorrelatedPlace place, PlacedValue value)
    {
        Place = place;
        Value = value;
    }

    internal CorrelatedPlace Place { get; }

    internal PlacedValue Value { get; }
}

/// <summary>A known item that travelled in one message with an identifier.</summary>
/// <param name="Item">The item.</param>
/// <param name="Flows">In how many flows.</param>
/// <param name="FirstFlow">The number of the first of them.</param>
public sealed record CorrelationLink(string Item, long Flows, long FirstFlow);
