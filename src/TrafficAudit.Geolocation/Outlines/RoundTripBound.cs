using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>How far a server can be from the lab, by the time of a round trip.</summary>
public sealed class RoundTripBound(WorldOutlines outlines, GeoPosition lab)
{
    /// <summary>Where round trips are measured.</summary>
    public GeoPosition Lab => lab;

    /// <summary>The most that a server can be away, in kilometres.</summary>
    public static double ReachKm(TimeSpan roundTrip) => roundTrip.TotalMilliseconds * 102;

    /// <summary>What a round trip says of a country.</summary>
    public RoundTripJudgement Judge(string country, TimeSpan roundTrip) =>
        outlines.DistanceKm(country, lab) > ReachKm(roundTrip) ? RoundTripJudgement.Refutes : RoundTripJudgement.Open;
}
