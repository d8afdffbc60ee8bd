using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Classification.EndpointRules.Values;

/// <summary>What a test looks at.</summary>
internal enum TestSubject
{
    /// <summary><c>@</c>: the member itself, or with a name what lies under it.</summary>
    Member,

    /// <summary><c>@property</c>: the member's name.</summary>
    Property,

    /// <summary><c>@parent.name</c>: beside the array that is filtered.</summary>
    Parent,
}

/// <summary>One test of a filter: <c>@.state == 'start'</c>, <c>@property.match(/^promo/)</c>, <c>!@.startsWith('x')</c>.</summary>
/// <param name="Subject">What it looks at.</param>
/// <param name="Name">The name under it; null for itself.</param>
/// <param name="Filter">What its text must be.</param>
/// <param name="IsNegated">Whether it must not be that.</param>
internal sealed record MemberTest(TestSubject Subject, string? Name, ValueFilter Filter, bool IsNegated)
{
    /// <summary>Whether it holds for a member.</summary>
    public bool Holds(string property, RuleValue member, RuleValue holder)
    {
        var text = Subject switch
        {
            TestSubject.Property => property,
            TestSubject.Parent => Text(new RuleValue(holder.Field?.Parent)),
            _ => Text(member),
        };
        return text is not null && Filter.Holds(text) != IsNegated;
    }

    private string? Text(RuleValue value)
    {
        if (Name is null)
        {
            return Leaf(value);
        }

        var found = new List<RuleValue>();
        value.Find(Name, found);
        return found.Count > 0 ? Leaf(found[0]) : null;
    }

    private static string? Leaf(RuleValue value) => value.Field is { Kind: not FieldKind.Container } leaf ? leaf.Text : null;
}
