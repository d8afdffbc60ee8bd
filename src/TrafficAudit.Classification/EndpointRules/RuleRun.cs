using TrafficAudit.Classification.EndpointRules.Values;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>One rule on one message: its steps, then its places.</summary>
internal sealed class RuleRun
{
    private readonly RuleValue _variables = new();
    private readonly MessageValues _message;
    private readonly StepDecoder _decoder;

    /// <summary>Makes one.</summary>
    public RuleRun(MessageValues message, StepDecoder decoder)
    {
        _message = message;
        _decoder = decoder;
        foreach (var part in RuleParts.All)
        {
            if (message.Has(part))
            {
                // A value of its own for each run, since steps give members to it.
                _variables.Give(RuleParts.Name(part), [new RuleValue(message.Of(part).Field)]);
            }
        }
    }

    /// <summary>Takes a rule's steps. One whose input is missing, or is not what it says, leaves everything as it was.</summary>
    public void Take(IEnumerable<RuleStep> steps)
    {
        foreach (var step in steps)
        {
            var made = new List<RuleValue>();
            foreach (var input in step.Input.Find(_variables))
            {
                Apply(step, input, made);
            }

            if (made.Count > 0)
            {
                Put(step.Output, made, step.IsList);
            }
        }
    }

    /// <summary>What lies at a place. A rule without steps sees the parts as they were decoded, one with steps what these made.</summary>
    public List<RuleValue> Find(RulePlace place, bool hasSteps)
    {
        var found = new List<RuleValue>();
        if (!hasSteps)
        {
            return place.Path.Find(_message.Of(place.Part));
        }

        _variables.Find("res", found);
        if (found is not [var results])
        {
            return [];
        }

        found.Clear();
        results.Find(RuleParts.Name(place.Part), found);
        return [.. found.SelectMany(place.Path.Find)];
    }

    private void Apply(RuleStep step, RuleValue input, List<RuleValue> made)
    {
        if (step.Property is { } property)
        {
            made.AddRange(property.Find(input));
        }
        else
        {
            _decoder.Decode(step, input, made);
        }
    }

    private void Put(string[] output, List<RuleValue> made, bool isList)
    {
        var holder = _variables;
        foreach (var name in output[..^1])
        {
            holder = holder.Hold(name);
        }

        holder.Give(output[^1], isList || made.Count > 1 ? made.ConvertAll(value => new RuleValue(value.Field) { IsElement = true }) : made);
    }
}
