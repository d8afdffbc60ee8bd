using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection;
using TrafficAudit.Classification.EndpointRules.Values;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>Runs rules over one message.</summary>
internal sealed class RuleScan(DateTimeOffset captured)
{
    private const int MaxCandidates = 2_000;

    // A rule decodes single values; what a message's own decoding may cost is far more.
    private static readonly DecodingLimits Limits = new() { DecodedBytes = 8 * 1024 * 1024, Fields = 50_000, Time = TimeSpan.FromSeconds(1) };

    /// <summary>Adds what <paramref name="rules"/> find; true when a bound ended a step of theirs.</summary>
    public bool AddTo(List<Candidate> candidates, IEnumerable<EndpointRule> rules, string method, DecodedMessage message)
    {
        var values = new MessageValues(message);
        var decoder = new StepDecoder(Limits, TimeProvider.System);
        foreach (var rule in rules)
        {
            if (rule.Message == values.Kind && rule.Conditions.All(condition => condition.Holds(method, values)))
            {
                Run(candidates, rule, new RuleRun(values, decoder));
            }
        }

        return decoder.Truncated;
    }

    private void Run(List<Candidate> candidates, EndpointRule rule, RuleRun run)
    {
        run.Take(rule.Steps);
        var most = candidates.Count + MaxCandidates;
        foreach (var place in rule.Places)
        {
            foreach (var value in run.Find(place, hasSteps: rule.Steps.Length > 0))
            {
                foreach (var leaf in value.Field is { } field ? FieldMembers.Leaves(field) : [])
                {
                    if (candidates.Count >= most)
                    {
                        return;
                    }

                    if (RuleVerdict.On(rule, place, leaf, captured) is { } candidate)
                    {
                        candidates.Add(candidate);
                    }
                }
            }
        }
    }
}
