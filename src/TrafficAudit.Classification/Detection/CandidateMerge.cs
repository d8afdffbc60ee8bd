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

        // What a rule says of a place is more than what its key says: Adjust's device_name is the model.
        var ruled = best.Values.Where(candidate => candidate.Detector == Detector.Rule).Select(candidate => candidate.Field).ToHashSet();
        foreach (var place in best.Where(found => found.Value.Detector == Detector.Key && ruled.Contains(found.Key.Item1)).Select(found => found.Key).ToList())
        {
            best.Remove(place);
        }

        var inside = Inside(best.Values);
        foreach (var candidate in best.Values)
        {
            if (!(inside.TryGetValue(candidate.Field, out var inner) && inner.Exists(other => Says(other, candidate))))
            {
                findings.Add(Finding(Strongest(candidate, best), direction, isUnencrypted));
            }
        }
    }

    // Strengths are declared best first, and so are detectors.
    private static bool IsStronger(Candidate candidate, Candidate other) =>
        candidate.Strength != other.Strength ? candidate.Strength < other.Strength : candidate.Detector < other.Detector;

    // The candidates below each field that holds any.
    private static Dictionary<Field, List<Candidate>> Inside(IEnumerable<Candidate> candidates)
    {
        var inside = new Dictionary<Field, List<Candidate>>();
        foreach (var candidate in candidates)
        {
            for (var field = candidate.Field.Parent; field is not null; field = field.Parent)
            {
                if (!inside.TryGetValue(field, out var inner))
                {
                    inside[field] = inner = [];
                }

                inner.Add(candidate);
            }
        }

        return inside;
    }

    // A text that was decoded further keeps its text: what is found inside is the same finding, said more exactly. Undecoded, an e-mail address may look
    // like the name that it is made of.
    private static bool Says(Candidate inner, Candidate outer) =>
        inner.Item == outer.Item
        || (outer.Detector == Detector.Persona && inner.Detector == Detector.Persona && inner.Value.Contains(outer.Value, StringComparison.OrdinalIgnoreCase));

    // A rule may find more exactly where a known value lies, but not what it is.
    private static Candidate Strongest(Candidate candidate, Dictionary<(Field Field, string Item), Candidate> all)
    {
        var strongest = candidate;
        for (var field = candidate.Field.Parent; field is not null; field = field.Parent)
        {
            if (all.TryGetValue((field, candidate.Item), out var outer) && IsStronger(outer, strongest) && candidate.Value.Contains(outer.Value, StringComparison.OrdinalIgnoreCase))
            {
                strongest = outer with { Field = candidate.Field };
            }
        }

        return strongest;
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
            State = candidate.State == FindingState.Clear && candidate.Field.IsEncoded() ? FindingState.Encoded : candidate.State,
            Direction = direction,
            Flags = isUnencrypted ? ["sent_unencrypted"] : [],
        };
    }
}
