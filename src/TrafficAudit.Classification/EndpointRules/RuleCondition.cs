using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.EndpointRules.Values;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>What must be so before a rule is tried.</summary>
internal enum ConditionKind
{
    /// <summary>The request's method.</summary>
    Method,

    /// <summary>The part is there.</summary>
    Present,

    /// <summary>The part is a JSON document.</summary>
    Json,

    /// <summary>The part is there and no JSON document.</summary>
    NoJson,

    /// <summary>A value in the part.</summary>
    Value,
}

/// <summary>A condition of a rule.</summary>
/// <param name="Kind">What must be so.</param>
/// <param name="Part">In which part.</param>
/// <param name="Path">Where the value lies, of <see cref="ConditionKind.Value"/>.</param>
/// <param name="Filter">What value or method must be.</param>
internal sealed record RuleCondition(ConditionKind Kind, MessagePart Part, RulePath? Path = null, ValueFilter? Filter = null)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds(string method, MessageValues message) => Kind switch
    {
        ConditionKind.Method => Filter!.Holds(method),
        ConditionKind.Present => message.Has(Part),
        ConditionKind.Json => message.Has(Part) && IsJson(message.Of(Part).Field),
        ConditionKind.NoJson => message.Has(Part) && !IsJson(message.Of(Part).Field),
        _ => Path!.Find(message.Of(Part)).Exists(value => value.Field?.Text is { } text && Filter!.Holds(text)),
    };

    /// <summary>What is so where it does not hold, in words.</summary>
    public string Unmet => Kind switch
    {
        ConditionKind.Method => "the request's method is another",
        ConditionKind.Present => $"there is no {RuleParts.Name(Part)}",
        ConditionKind.Json => $"the {RuleParts.Name(Part)} is no JSON",
        ConditionKind.NoJson => $"the {RuleParts.Name(Part)} is JSON, or missing",
        _ => $"what lies at {RuleParts.Name(Part)} {Path!.Text} is not what the rule is for",
    };

    private static bool IsJson(Field? root) =>
        root is not null && FieldMembers.Innermost(root) is { Kind: FieldKind.Container, Decodings: [.., Decodings.Json] };
}
