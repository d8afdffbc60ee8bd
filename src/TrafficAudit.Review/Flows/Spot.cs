using System.Runtime.InteropServices;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>A stretch of bytes in which something was found: the outermost encoded text that holds the field.</summary>
/// <param name="Start">First byte, counted from the beginning of the part.</param>
/// <param name="End">The byte behind the last.</param>
/// <param name="Findings">What was found, by its places in the flow's list.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Spot(int Start, int End, List<int> Findings)
{
    /// <summary>The spots of some fields, in order; those that touch the same bytes are one.</summary>
    /// <param name="fields">The fields, with everything beneath them.</param>
    /// <param name="places">The flow's findings.</param>
    /// <param name="codings">See <see cref="FindingPlaces.In"/>.</param>
    /// <param name="length">Bytes of the part; what lies outside is no place.</param>
    public static List<Spot> In(IEnumerable<Field> fields, FindingPlaces places, int codings, int length)
    {
        var spots = new List<Spot>();
        foreach (var spot in fields.Select(field => new Spot(field.Start, field.Start + field.Length, [.. places.In(field, codings)]))
                     .Where(spot => spot.Findings.Count > 0 && spot.Start >= 0 && spot.End > spot.Start && spot.End <= length)
                     .OrderBy(spot => spot.Start).ThenByDescending(spot => spot.End))
        {
            if (spots.Count > 0 && spot.Start < spots[^1].End)
            {
                spots[^1].Findings.AddRange(spot.Findings);
                spots[^1] = spots[^1] with { End = Math.Max(spot.End, spots[^1].End) };
            }
            else
            {
                spots.Add(spot);
            }
        }

        return spots;
    }

    /// <summary>The fields of one part of a message.</summary>
    public static IEnumerable<Field> Of(DecodedMessage decoded, MessagePart part) => decoded.Fields.Where(field => field.Part == part);
}
