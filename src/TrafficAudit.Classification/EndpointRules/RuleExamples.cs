using TrafficAudit.Classification.Detection;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>Runs the examples of rules, which are their tests.</summary>
internal static class RuleExamples
{
    private static readonly DateTimeOffset Captured = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Runs all examples of a rule: a line for each that fails, which names file, line and rule.</summary>
    public static IReadOnlyList<string> Check(EndpointRule rule)
    {
        var index = new RuleIndex([rule]);
        return [.. rule.Examples.Select(example => (example, Fault: Fault(rule, index, example))).Where(x => x.Fault is not null).Select(x =>
            RulePackException.At(rule.Pack.File, x.example.Line, $"in this example rule {rule.Id} {x.Fault}").Message)];
    }

    private static string? Fault(EndpointRule rule, RuleIndex index, RuleExample example)
    {
        var candidates = new List<Candidate>();
        if (index.Find(example.Url.Host, example.Url.AbsolutePath).Count > 0)
        {
            new RuleScan(Captured).AddTo(candidates, [rule], example.Method, example.Decode(rule.Message));
        }

        var found = candidates.Select(candidate => candidate.Item).Distinct(StringComparer.Ordinal).ToList();
        var missing = example.Finds.Except(found, StringComparer.Ordinal).ToList();
        return missing.Count > 0 ? $"must find {string.Join(", ", missing)} and does not"
            : example.Finds.IsEmpty && found.Count > 0 ? $"must find nothing and finds {string.Join(", ", found)}"
            : null;
    }
}
