using TrafficAudit.Classification.Detection;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>Runs the examples of rules, which are their tests.</summary>
internal static class RuleExamples
{
    private static readonly DateTimeOffset Captured = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Runs all examples of a rule.</summary>
    /// <exception cref="RulePackException">One fails; the message names file, line and rule.</exception>
    public static void Check(EndpointRule rule)
    {
        var index = new RuleIndex([rule]);
        foreach (var example in rule.Examples)
        {
            var candidates = new List<Candidate>();
            if (index.Find(example.Url.Host, example.Url.AbsolutePath).Count > 0)
            {
                new RuleScan(Captured).AddTo(candidates, [rule], example.Method, example.Decode(rule.Message));
            }

            var found = candidates.Select(candidate => candidate.Item).Distinct(StringComparer.Ordinal).ToList();
            var missing = example.Finds.Except(found, StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
            {
                throw Fault(rule, example, $"must find {string.Join(", ", missing)} and does not");
            }

            if (example.Finds.IsEmpty && found.Count > 0)
            {
                throw Fault(rule, example, $"must find nothing and finds {string.Join(", ", found)}");
            }
        }
    }

    private static RulePackException Fault(EndpointRule rule, RuleExample example, string what) =>
        RulePackException.At(rule.Pack.File, example.Line, $"in this example rule {rule.Id} {what}");
}
