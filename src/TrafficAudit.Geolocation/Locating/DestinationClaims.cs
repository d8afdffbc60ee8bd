using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using TrafficAudit.Geolocation.Hints;
using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Locating;

/// <summary>
/// All that is said of where one destination is, whatever its round trips. The country is that of the first claim that the round trip does not exclude: at an address that is
/// known to be an edge's what the edge itself says of its place, then the databases, best first, then other edges' headers and the names that clouds give their machines. The grade is
/// <list type="bullet">
/// <item><c>unknown</c> when nobody names a country;</item>
/// <item><c>disputed</c> when every claim is excluded;</item>
/// <item><c>edge</c> for anycast and content delivery: whatever the country, the data may go on;</item>
/// <item><c>disputed</c> when claims differ;</item>
/// <item><c>confirmed</c> when two independent sources agree: databases of two makers, a database and the machine's own network, any of them and a round trip that leaves no other country;</item>
/// <item><c>located</c> otherwise, and always for an address that was looked up later.</item>
/// </list>
/// A header of another network than the one connected to speaks of a machine behind it, and names no country here, though it makes the answer an edge's; a country's
/// code in a name that its owner chose is a word, which is shown and counts for nothing.
/// </summary>
internal sealed class DestinationClaims
{
    private readonly AddressLookup _found;
    private readonly bool _isEdge;
    private readonly bool _isLater;
    private readonly ImmutableArray<Claim> _claims;
    private readonly ImmutableArray<Observation> _others;

    // By what the round trip says of each claim; without the round trip itself, which is the flow's.
    private readonly ConcurrentDictionary<string, AddressLookup> _answers = new(StringComparer.Ordinal);

    public DestinationClaims(
        AddressLookup found, CarrierNetwork? network, IReadOnlyList<EdgeHeader> hints, ImmutableArray<(string Host, NameHint Hint)> names, bool isLater)
    {
        _isLater = isLater;
        _isEdge = found.Grade == CountryGrade.Edge || IsEdge(network?.Kind) || hints.Any(header => IsEdge(header.Kind));
        var claims = new List<Claim>();
        var others = new List<Observation>();
        foreach (var observation in found.Observations)
        {
            Take(observation, ClaimKind.Database, counts: observation is { Source: ObservationSource.Database });
        }

        foreach (var header in hints)
        {
            if (header.Hint.Place is { } place)
            {
                var isOrigin = header.Hint.IsOrigin && _isEdge;
                var detail = isOrigin ? $"{Text(place)}: the server behind the edge" : header.IsOwn ? Text(place) : $"{Text(place)}: of {header.Hint.Network}, behind the machine connected to";
                Take(new Observation(ObservationSource.EdgeHeader, header.Hint.Header, place.Country) { Detail = detail }, ClaimKind.Edge, header.IsOwn && !isOrigin);
            }
        }

        foreach (var (host, hint) in names)
        {
            // At an edge, a region in the name is where the data goes on to.
            var counts = hint.Provider is not null && !_isEdge;
            Take(new Observation(ObservationSource.HostName, host, hint.Place.Country) { Detail = Text(hint) }, ClaimKind.Name, counts);
        }

        if (isLater)
        {
            others.Add(new Observation(ObservationSource.ResolvedLater, found.Address) { Detail = "looked up at import: the flow may have gone elsewhere" });
        }

        others.AddRange(Networks(network, hints));

        // Any server can write an edge's headers: only where the address is an edge's do they come before the databases. OrderBy is stable.
        var isAddressOfEdge = found.Grade == CountryGrade.Edge || IsEdge(network?.Kind);
        _claims = [.. claims.OrderBy(claim => isAddressOfEdge && claim.Kind == ClaimKind.Edge ? 0 : 1)];
        _others = [.. others];
        _found = found with { Network = network?.Name ?? hints.FirstOrDefault(header => header.IsOwn && IsEdge(header.Kind))?.Hint.Network };

        void Take(Observation observation, ClaimKind kind, bool counts)
        {
            if (counts && observation.Country is not null)
            {
                claims.Add(new Claim(observation, kind));
            }
            else
            {
                others.Add(observation);
            }
        }
    }

    /// <summary>The answer for one flow, with what its round trip excludes.</summary>
    /// <param name="bound">The lab's; null where nobody said where it is, or no time was measured.</param>
    /// <param name="roundTrip">How long connecting took.</param>
    /// <param name="resolution">How the flow's host became the address.</param>
    /// <param name="worked">Told of an answer that is worked out for the first time.</param>
    public AddressLookup Judge(RoundTripBound? bound, TimeSpan roundTrip, NameResolution? resolution, Action<AddressLookup>? worked)
    {
        var said = bound is null ? [] : _claims.Select(claim => bound.Judge(claim.Country, roundTrip)).ToArray();
        var key = string.Concat(said.Select(one => (char)('0' + (int)one)));
        var isKnown = _answers.TryGetValue(key, out var answer);
        answer ??= Answer(said);
        var own = answer with
        {
            Resolution = resolution,
            Observations = bound is null ? answer.Observations : answer.Observations.Add(Time(said, answer.Country, bound, roundTrip)),
        };
        if (!isKnown && _answers.TryAdd(key, answer))
        {
            worked?.Invoke(own);
        }

        return own;
    }

    private AddressLookup Answer(RoundTripJudgement[] said)
    {
        var possible = _claims.Where((_, i) => said.Length == 0 || said[i] != RoundTripJudgement.Refutes).ToList();
        var country = (possible.FirstOrDefault() ?? _claims.FirstOrDefault())?.Country;
        return _found with
        {
            Country = country,
            Grade = Grade(country, possible, Confirms(said, country)),
            Observations = [.. _claims.Select(claim => claim.Said with { Bearing = claim.Country == country ? Bearing.Confirms : Bearing.Refutes }), .. _others],
        };
    }

    private bool Confirms(RoundTripJudgement[] said, string? country) =>
        said.Where((one, i) => one == RoundTripJudgement.Confirms && _claims[i].Country == country).Any();

    private CountryGrade Grade(string? country, List<Claim> possible, bool isConfirmedByTime)
    {
        if (country is null)
        {
            return CountryGrade.Unknown;
        }

        if (_isEdge && possible.Count > 0)
        {
            return CountryGrade.Edge;
        }

        if (possible.Count == 0 || _claims.Any(claim => claim.Country != country))
        {
            return CountryGrade.Disputed;
        }

        var independent = _claims.Select(claim => claim.Kind).Distinct().Count() + (isConfirmedByTime ? 1 : 0);
        return (independent > 1 || _found.Grade == CountryGrade.Confirmed) && !_isLater ? CountryGrade.Confirmed : CountryGrade.Located;
    }

    private Observation Time(RoundTripJudgement[] said, string? country, RoundTripBound bound, TimeSpan roundTrip)
    {
        var excluded = _claims.Where((_, i) => said[i] == RoundTripJudgement.Refutes).Select(claim => claim.Country).Distinct(StringComparer.Ordinal).ToList();
        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"{roundTrip.TotalMilliseconds:0.##} ms: at most {RoundTripBound.ReachKm(roundTrip):0} km away{(excluded.Count == 0 ? "" : $", so not in {string.Join(", ", excluded)}")}");
        return new Observation(ObservationSource.RoundTrip, bound.Lab.ToString())
        {
            Detail = detail,
            Bearing = Confirms(said, country) ? Bearing.Confirms : country is not null && excluded.Contains(country, StringComparer.Ordinal) ? Bearing.Refutes : Bearing.Open,
        };
    }

    /// <summary>The network connected to, and those that only headers name.</summary>
    private static IEnumerable<Observation> Networks(CarrierNetwork? network, IReadOnlyList<EdgeHeader> hints)
    {
        if (network is not null)
        {
            yield return new Observation(SourceOf(network.Kind), network.Name) { Detail = $"by its {Token.Of(network.Basis)}" };
        }

        foreach (var (hint, kind, _) in hints.DistinctBy(header => header.Hint.Network))
        {
            if (hint.Network is { } name && name != network?.Name)
            {
                yield return new Observation(SourceOf(kind!.Value), name) { Detail = $"by {hint.Header}" };
            }
        }
    }

    private static bool IsEdge(CarrierKind? kind) => kind is CarrierKind.Anycast or CarrierKind.Cdn;

    private static string SourceOf(CarrierKind kind) => kind switch
    {
        CarrierKind.Anycast => ObservationSource.AnycastNetwork,
        CarrierKind.Cdn => ObservationSource.DeliveryNetwork,
        _ => ObservationSource.CloudNetwork,
    };

    private static string Text(Place place) => place.Code is null ? place.Name : $"{place.Code}, {place.Name}";

    private static string Text(NameHint hint) =>
        hint.Provider is null ? $"'{hint.Token}', a word that its owner chose" : $"'{hint.Token}' of {hint.Provider}: {hint.Place.Name}";
}
