namespace TrafficAudit.Classification.EndpointRules.Values;

/// <summary>
/// Where something lies in a decoded message: the part of JSONPath that rules need. Names joined by <c>.</c> or as <c>["a.b"]</c>; <c>*</c> for all
/// members; <c>..</c> for any depth; <c>[?(…)]</c> for the members that a condition holds for. Bounded by <see cref="MostValues"/>.
/// </summary>
internal sealed class RulePath(string text, RulePathStep[] steps)
{
    /// <summary>Most values at any step; more are left out.</summary>
    public const int MostValues = 10_000;

    /// <summary>As it was written.</summary>
    public string Text => text;

    /// <summary>The last name in it; null when it ends otherwise.</summary>
    public string? LastName => steps.Length > 0 ? steps[^1].Name : null;

    /// <summary>Its names; null when it has other steps.</summary>
    public IReadOnlyList<string>? Names =>
        Array.TrueForAll(steps, step => step.Kind == RulePathStepKind.Name) ? Array.ConvertAll(steps, step => step.Name!) : null;

    /// <summary>What lies there, seen from <paramref name="root"/>.</summary>
    public List<RuleValue> Find(RuleValue root)
    {
        var found = new List<RuleValue> { root };
        foreach (var step in steps)
        {
            var next = new List<RuleValue>();
            foreach (var value in found)
            {
                step.Take(value, next);
                if (next.Count >= MostValues)
                {
                    next.RemoveRange(MostValues, next.Count - MostValues);
                    break;
                }
            }

            found = next;
            if (found.Count == 0)
            {
                break;
            }
        }

        return found;
    }
}
