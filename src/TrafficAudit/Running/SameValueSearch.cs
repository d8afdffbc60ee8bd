using System.Collections.Immutable;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Review.Flows;

namespace TrafficAudit.Running;

/// <summary>
/// Looks for the values found in one flow in the newest flows that have findings of the same items. Two findings are of one value when their texts are the same,
/// or when the persona has a single value of the item and both were found by it, in whatever form.
/// </summary>
/// <param name="index">The case's index.</param>
/// <param name="persona">The known values.</param>
internal sealed class SameValueSearch(ICaseIndex index, Persona persona)
{
    /// <summary>Findings lie in documents, of which some thousands a second are read: more would keep a page waiting.</summary>
    private const int MostFlows = 2_000;

    private const int MostRows = 60;
    private const int MostListed = 5;

    private readonly HashSet<string> _single =
        [.. persona.Values.GroupBy(value => value.Item, StringComparer.Ordinal).Where(values => values.DistinctBy(v => v.Value, StringComparer.OrdinalIgnoreCase).Count() == 1).Select(values => values.Key)];

    public async ValueTask<SameValues> RunAsync(AnalyzedFlow of, CancellationToken cancellation)
    {
        var wanted = of.Findings.Where(finding => finding.IsCounted).Select(KeyOf).ToHashSet();
        if (wanted.Count == 0)
        {
            return SameValues.None;
        }

        var filter = FlowFilter.Parse($"item:{string.Join(',', wanted.Select(key => key.Item).Distinct(StringComparer.Ordinal))}");
        var page = index.Flows(filter, before: null, MostFlows);
        var found = new Dictionary<(string Item, string Recipient, string? Country, CountryGrade Grade), List<long>>();
        foreach (var flow in page.Flows.Where(flow => flow.Number != of.Summary.Number))
        {
            if (await index.GetAsync(flow.Number, cancellation) is not { } other)
            {
                continue;
            }

            foreach (var item in other.Findings.Where(finding => finding.IsCounted && wanted.Contains(KeyOf(finding))).Select(finding => finding.Item).Distinct(StringComparer.Ordinal))
            {
                var place = (item, flow.Recipient, flow.Country, flow.CountryGrade);
                if (!found.TryGetValue(place, out var numbers))
                {
                    found.Add(place, numbers = []);
                }

                numbers.Add(flow.Number);
            }
        }

        var rows = found.Select(row => new SameValue(row.Key.Item, row.Key.Recipient, row.Key.Country, row.Key.Grade, [.. row.Value.Take(MostListed)], row.Value.Count));
        return new SameValues([.. rows.OrderByDescending(row => row.Count).ThenBy(row => row.Item, StringComparer.Ordinal).Take(MostRows)], page.Flows.Count, page.Next is not null);
    }

    private (string Item, string Value) KeyOf(Finding finding) =>
        (finding.Item, finding.Detector == Detector.Persona && _single.Contains(finding.Item) ? "" : finding.Value.ToLowerInvariant());
}
