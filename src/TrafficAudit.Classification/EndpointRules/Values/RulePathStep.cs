namespace TrafficAudit.Classification.EndpointRules.Values;

/// <summary>How a step of a path goes on.</summary>
internal enum RulePathStepKind
{
    /// <summary>To the member of this name.</summary>
    Name,

    /// <summary>To every member.</summary>
    All,

    /// <summary>To every member of this name, at any depth.</summary>
    Descendant,

    /// <summary>To the members that a condition holds for.</summary>
    Filter,
}

/// <summary>One step of a <see cref="RulePath"/>.</summary>
/// <param name="Kind">How it goes on.</param>
/// <param name="Name">The name, of those kinds that have one.</param>
/// <param name="Condition">The condition of a filter: every test must hold.</param>
internal sealed record RulePathStep(RulePathStepKind Kind, string? Name = null, MemberTest[]? Condition = null)
{
    /// <summary>Adds what <paramref name="value"/> leads to.</summary>
    public void Take(RuleValue value, List<RuleValue> found)
    {
        switch (Kind)
        {
            case RulePathStepKind.Name when value is { IsElement: true, Field: { Index: >= 0 } element } && FieldMembers.IsNamed(element, Name!):
                found.Add(new RuleValue(element));
                break;
            case RulePathStepKind.Name:
                value.Find(Name!, found);
                break;
            case RulePathStepKind.All when value.IsElement:
                found.Add(new RuleValue(value.Field));
                break;
            case RulePathStepKind.All:
                found.AddRange(value.Members().Select(member => member.Value));
                break;
            case RulePathStepKind.Descendant:
                Descend(value, found);
                break;
            case RulePathStepKind.Filter when value.IsElement || value.Field is { Children.Count: 0 }:
                Test("", value, value, found);
                break;
            case RulePathStepKind.Filter:
                foreach (var (name, member) in value.Members())
                {
                    Test(name, member, value, found);
                }

                break;
        }
    }

    private void Test(string name, RuleValue member, RuleValue holder, List<RuleValue> found)
    {
        if (Array.TrueForAll(Condition!, test => test.Holds(name, member, holder)))
        {
            found.Add(member);
        }
    }

    private void Descend(RuleValue value, List<RuleValue> found)
    {
        var left = new Queue<RuleValue>([value]);
        for (var seen = 0; seen < RulePath.MostValues && left.TryDequeue(out var next); seen++)
        {
            next.Find(Name!, found);
            foreach (var (_, member) in next.Members())
            {
                left.Enqueue(member);
            }
        }
    }
}
