using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection;
using TrafficAudit.Classification.EndpointRules.Values;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>Runs rules over one message.</summary>
internal sealed class RuleScan(DateTimeOffset captured, DetectionTrace? trace = null)
{
    private const int MaxCandidates = 2_000;

    // A rule decodes single values; what a message's own decoding may cost is far more.
    private static readonly DecodingLimits Limits = new() { DecodedBytes = 8 * 1024 * 1024, Fields = 50_000, Time = TimeSpan.FromSeconds(1) };

    private readonly List<FieldNotes> _explained = [];

    /// <summary>Adds what <paramref name="rules"/> find; true when a bound ended a step of theirs.</summary>
    public bool AddTo(List<Candidate> candidates, IEnumerable<EndpointRule> rules, string method, DecodedMessage message)
    {
        var values = new MessageValues(message);
        var decoder = new StepDecoder(Limits, TimeProvider.System);
        foreach (var rule in rules)
        {
            if (rule.Message != values.Kind)
            {
                trace?.AddToAll(Detector.Rule, $"Rule {rule.Id} is for this endpoint, and looks at {Token.Of(rule.Message)} messages only.");
                continue;
            }

            if (rule.Conditions.FirstOrDefault(condition => !condition.Holds(method, values)) is { } unmet)
            {
                trace?.AddToAll(Detector.Rule, $"Rule {rule.Id} is for this endpoint, but {unmet.Unmet}.");
                continue;
            }

            Run(candidates, rule, new RuleRun(values, decoder));
            trace?.AddToAll(Detector.Rule, $"Rule {rule.Id} is for this endpoint; this is none of the places that it names ({rule.Places.Length}).", _explained);
            _explained.Clear();
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

                    var notes = trace?.For(leaf);
                    if (notes is not null)
                    {
                        _explained.Add(notes);
                    }

                    if (RuleVerdict.On(rule, place, leaf, captured, notes) is { } candidate)
                    {
                        candidates.Add(candidate);
                    }
                }
            }
        }
    }
}
