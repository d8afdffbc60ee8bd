using System.Collections.Frozen;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>
/// What the time of a round trip between the lab and a server says of the country that is claimed for the server: light in fibre is not faster.
/// Distances are computed once, at the first judgement. Thread-safe.
/// </summary>
/// <remarks>
/// It holds for the time in which the server itself answered over fibre. A proxy, a VPN or a satellite operator's accelerator that answers a TCP
/// connection in the server's stead measures the way to itself; over a satellite or through hollow-core fibre light is up to 1.5 times as fast.
/// </remarks>
/// <param name="outlines">Where the countries are.</param>
/// <param name="lab">Where the lab is, true to 10 km.</param>
public sealed class RoundTripBound(WorldOutlines outlines, GeoPosition lab)
{
    // Half of 299,792.458 km/s over the least group index of fibres that are laid (1.462, pure silica core; 1.468 is usual) is 102.5 km. Distances are
    // those on a sphere, which are up to 0.56 % longer than on the ellipsoid: 103.1 km.
    private const double KmPerMillisecond = 103.1;

    // The outlines leave out islands up to 40 km from what they show (places.csv has those beyond), and the lab's position is true to 10 km. Clocks
    // don't matter: Stopwatch counts 100 ns or less (10 m), and a measured time is never shorter than the true one.
    private const double SlackKm = 50;

    private readonly Lazy<FrozenDictionary<string, CountryDistances>> _distances = new(() => CountryDistances.Measure(outlines, lab));

    /// <summary>Where round trips are measured.</summary>
    public GeoPosition Lab => lab;

    /// <summary>The most that a server can be away from the lab, in kilometres: 103.1 for each millisecond, and 50 for what maps leave out.</summary>
    public static double ReachKm(TimeSpan roundTrip) => (roundTrip.TotalMilliseconds * KmPerMillisecond) + SlackKm;

    /// <summary>What a round trip says of a country.</summary>
    /// <param name="country">ISO 3166-1 alpha-2 in capitals; one without an outline is open.</param>
    /// <param name="roundTrip">The smallest time known, such as that of a TCP connection; not positive is none, and open.</param>
    public RoundTripJudgement Judge(string country, TimeSpan roundTrip)
    {
        if (roundTrip <= TimeSpan.Zero || !_distances.Value.TryGetValue(country, out var distances))
        {
            return RoundTripJudgement.Open;
        }

        var reach = ReachKm(roundTrip);
        return distances.CalledKm > reach ? RoundTripJudgement.Refutes
            : distances.OwnKm <= reach && distances.OtherKm > reach ? RoundTripJudgement.Confirms
            : RoundTripJudgement.Open;
    }
}
