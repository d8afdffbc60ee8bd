using System.Collections.Immutable;
using System.Globalization;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Classification.Packs;
using TrafficAudit.Classification.Rules;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection;

/// <summary>
/// Lets items that travel together speak for each other: a customs code under a key that says nothing is one, beside a name, a telephone and an
/// address. Which do, and how many it takes, is in <c>companions.yaml</c>.
/// </summary>
internal sealed class Companions
{
    private readonly ImmutableArray<CompanionGroup> _groups =
    [
        .. EmbeddedYaml.Read("Rules/companions.yaml").Mappings("groups").Select(node => new CompanionGroup(
            node.Words("items"), int.Parse(node.Text("least"), CultureInfo.InvariantCulture), node.Text("why"))),
    ];

    private Companions()
    {
    }

    /// <summary>The groups that are embedded.</summary>
    public static Companions BuiltIn { get; } = new();

    /// <summary>Raises the weaker ones among the candidates of one message.</summary>
    public void Raise(List<Candidate> candidates, Neighbours neighbours, DetectionTrace? trace)
    {
        foreach (var together in Enumerable.Range(0, candidates.Count).GroupBy(i => (Keyed(candidates[i].Field).Parent, candidates[i].Field.Part)).Select(g => g.ToList()))
        {
            foreach (var group in _groups)
            {
                Raise(candidates, together, group, neighbours, trace);
            }
        }
    }

    private static void Raise(List<Candidate> candidates, List<int> together, CompanionGroup group, Neighbours neighbours, DetectionTrace? trace)
    {
        var members = together.FindAll(i => group.Items.Contains(candidates[i].Item) && candidates[i].State != FindingState.Zeroed);
        var items = members.Select(i => candidates[i].Item).Distinct(StringComparer.Ordinal).ToList();
        if (items.Count < group.Least || !members.Exists(i => candidates[i].Strength != Strength.F))
        {
            return;
        }

        foreach (var i in members)
        {
            var candidate = candidates[i];
            if (candidate.Strength is Strength.E or Strength.F && IsRaisable(candidate, neighbours))
            {
                var others = string.Join(", ", items.Where(item => item != candidate.Item).Select(ItemTaxonomy.EnglishName));
                var why = $"It stands beside {others}, {group.Why}.";
                candidates[i] = candidate with { Strength = Strength.D, Reason = $"{candidate.Reason} {why}" };
                trace?.For(candidate.Field)?.AddFound(candidate.Detector, why);
            }
        }
    }

    // What is somebody else's, or a sample, stays what it is.
    private static bool IsRaisable(Candidate candidate, Neighbours neighbours) =>
        !KeyContext.Of(candidate.Field, neighbours).FindOwner().IsForeignTo(candidate.Item) && !Traps.BuiltIn.IsSample(candidate.Item, candidate.Value);

    // A value that was decoded further, or an array's element, lies where its key does.
    private static Field Keyed(Field field)
    {
        while (field is { Key: null, Parent: { } parent })
        {
            field = parent;
        }

        return field;
    }

    private sealed record CompanionGroup(ImmutableArray<string> Items, int Least, string Why);
}
