using TrafficAudit.Classification.EndpointRules.Values;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>What a decoding step does; the names are TrackHAR's.</summary>
internal enum RuleFunction
{
    ParseQueryString,
    ParseJson,
    DecodeBase64,
    DecodeUrl,
    DecodeProtobuf,
    DecodeJwt,
    EnsureArray,
    Gunzip,
    Split,
    GetProperty,
}

/// <summary>One step of a rule's decoding.</summary>
/// <param name="Function">What it does.</param>
/// <param name="Input">To what, seen from all parts and what earlier steps made.</param>
/// <param name="Output">Under which names it is put.</param>
/// <param name="Property">For <see cref="RuleFunction.GetProperty"/>: what is taken out of the input.</param>
/// <param name="Separator">For <see cref="RuleFunction.Split"/>: what stands between the pieces.</param>
internal sealed record RuleStep(RuleFunction Function, RulePath Input, string[] Output, RulePath? Property = null, string? Separator = null)
{
    /// <summary>Whether it makes a list, even of one value.</summary>
    public bool IsList => Function == RuleFunction.Split || Input.Names is null || Property is { Names: null };
}
