using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>
/// Natural Earth draws some territories as a part of their state, or together, that ISO 3166-1 gives codes of their own and databases name by them:
/// a polygon that lies wholly within such a territory's box is its, and no longer the state's.
/// </summary>
internal static class DetachedTerritories
{
    private static readonly (string State, string Territory, double South, double West, double North, double East)[] Boxes =
    [
        ("FR", "GF", 2.0, -55.0, 6.0, -51.0), // French Guiana
        ("FR", "GP", 15.8, -61.9, 16.6, -60.9), // Guadeloupe
        ("FR", "MQ", 14.3, -61.3, 15.0, -60.7), // Martinique
        ("FR", "RE", -21.5, 55.0, -20.8, 56.0), // Réunion
        ("FR", "YT", -13.1, 44.9, -12.5, 45.4), // Mayotte
        ("NL", "BQ", 11.9, -68.6, 12.4, -68.1), // Bonaire
        ("NL", "BQ", 17.4, -63.3, 17.7, -62.9), // Saba, Sint Eustatius
        ("NO", "BV", -54.6, 3.2, -54.3, 3.5), // Bouvet Island
        ("NO", "SJ", 70.7, -9.3, 71.3, -7.8), // Jan Mayen
        ("NO", "SJ", 74.0, 10.0, 81.0, 34.5), // Svalbard
        ("NZ", "TK", -9.6, -172.6, -8.4, -171.1), // Tokelau
        ("Indian Ocean Ter.", "CC", -12.3, 96.7, -11.7, 97.0), // Cocos (Keeling) Islands
        ("Indian Ocean Ter.", "CX", -10.7, 105.4, -10.3, 105.8), // Christmas Island
    ];

    /// <summary>The code of the territory that a polygon is, if it is one; otherwise its state's.</summary>
    /// <param name="state">ISO 3166-1 alpha-2, or the name of a shape without a code.</param>
    /// <param name="polygon">One of its polygons.</param>
    public static string CodeOf(string state, OutlinePolygon polygon)
    {
        var ring = polygon.Rings[0];
        foreach (var box in Boxes)
        {
            if (box.State == state && ring.South > box.South && ring.North < box.North && ring.West > box.West && ring.East < box.East)
            {
                return box.Territory;
            }
        }

        return state;
    }
}
