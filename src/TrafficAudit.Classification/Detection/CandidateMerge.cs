using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection;

/// <summary>Makes findings of candidates: one per item and place, by the strongest detector.</summary>
internal static class CandidateMerge
{
    private const int LongestValue = 1_024;

    /// <summary>Adds the findings of one message to <paramref name="findings"/>.</summary>
    public static void AddTo(List<Finding> findings, List<Candidate> candidates, Direction direction, bool isUnencrypted)
    {
        var best = new Dictionary<(Field, string), Candidate>();
        foreach (var candidate in candidates)
        {
            var place = (candidate.Field, candidate.Item);
            if (!best.TryGetValue(place, out var other) || IsStronger(candidate, other))
            {
                best[place] = candidate;
            }
        }

        var outer = OuterPlaces(best.Values);
        foreach (var candidate in best.Values)
        {
            if (!outer.Contains((candidate.Field, candidate.Item)))
            {
                findings.Add(Finding(candidate, direction, isUnencrypted));
            }
        }
    }

    // Strengths are declared best first, and so are detectors.
    private static bool IsStronger(Candidate candidate, Candidate other) =>
        candidate.Strength != other.Strength ? candidate.Strength < other.Strength : candidate.Detector < other.Detector;

    // A text that was decoded further keeps its text: what is found inside is the same finding, said more exactly.
    private static HashSet<(Field Field, string Item)> OuterPlaces(IEnumerable<Candidate> candidates)
    {
        var outer = new HashSet<(Field, string)>();
        foreach (var candidate in candidates)
        {
            var field = candidate.Field.Parent;
            while (field is not null && outer.Add((field, candidate.Item)))
            {
                field = field.Parent;
            }
        }

        return outer;
    }

    private static Finding Finding(Candidate candidate, Direction direction, bool isUnencrypted)
    {
        var isPersonal = ItemTaxonomy.Find(candidate.Item)?.IsPersonal ?? true;
        return new Finding
        {
            Item = candidate.Item,
            Detector = candidate.Detector,
            Strength = isPersonal ? candidate.Strength : Strength.F,
            Reason = isPersonal ? candidate.Reason : $"{candidate.Reason} It is no personal data by itself.",
            Value = candidate.Value.Length <= LongestValue ? candidate.Value : candidate.Value[..LongestValue],
            Location = candidate.Field.Location,
            Encodings = candidate.Encodings,
            State = candidate.State,
            Direction = direction,
            Flags = isUnencrypted ? ["sent_unencrypted"] : [],
        };
    }
}
