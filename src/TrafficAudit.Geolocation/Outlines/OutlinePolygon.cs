using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>A piece of land: its border, and the borders of what lies within it and is no part of it.</summary>
/// <param name="Rings">The outer one first; at least one.</param>
internal sealed record OutlinePolygon(ImmutableArray<OutlineRing> Rings)
{
    /// <summary>The angle from a place to its nearest point, in radians; 0 inside.</summary>
    public double AngleFrom(GeoPosition place)
    {
        if (Contains(place))
        {
            return 0;
        }

        var from = UnitVector.Of(place);
        return Rings.Min(ring => ring.AngleFrom(from));
    }

    public bool Contains(GeoPosition place) => Rings.Count(ring => ring.Surrounds(place)) % 2 == 1;
}
