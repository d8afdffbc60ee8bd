using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Classification.EndpointRules.Values;

/// <summary>
/// What a path of a rule stands at: a decoded field, with the members that the rule's steps gave it beside those that it has. An array is written as its
/// elements. Made for one rule and message, used by one thread.
/// </summary>
internal sealed class RuleValue(Field? field = null)
{
    private Dictionary<string, List<RuleValue>>? _given;

    /// <summary>The field; null for a value that only has given members.</summary>
    public Field? Field { get; } = field;

    /// <summary>Whether it is one of several that lie under the same key or come of one step: <c>*</c> after it means all of these.</summary>
    public bool IsElement { get; init; }

    /// <summary>What is named by each member, the given ones instead of the field's own.</summary>
    public IEnumerable<(string Name, RuleValue Value)> Members()
    {
        foreach (var child in FieldMembers.Of(Field))
        {
            var name = child.Key ?? child.Index.ToString();
            if (_given?.ContainsKey(name) != true)
            {
                yield return (name, new RuleValue(child));
            }
        }

        foreach (var (name, values) in _given ?? [])
        {
            foreach (var value in values)
            {
                yield return (name, value);
            }
        }
    }

    /// <summary>Adds what lies under <paramref name="name"/> to <paramref name="found"/>.</summary>
    public void Find(string name, List<RuleValue> found)
    {
        if (_given?.GetValueOrDefault(name) is { } given)
        {
            found.AddRange(given);
            return;
        }

        var before = found.Count;
        foreach (var child in FieldMembers.Of(Field))
        {
            if (FieldMembers.IsNamed(child, name))
            {
                found.Add(new RuleValue(child));
            }
        }

        if (found.Count - before > 1)
        {
            for (var i = before; i < found.Count; i++)
            {
                found[i] = new RuleValue(found[i].Field) { IsElement = true };
            }
        }
    }

    /// <summary>Gives it <paramref name="values"/> under a name.</summary>
    public void Give(string name, List<RuleValue> values) => (_given ??= new(StringComparer.Ordinal))[name] = values;

    /// <summary>The one value under a name to which members can be given; it is made when there is none.</summary>
    public RuleValue Hold(string name)
    {
        var held = new List<RuleValue>();
        Find(name, held);
        if (held.Count == 0)
        {
            held.Add(new RuleValue());
        }

        Give(name, held);
        return held[0];
    }
}
