using System.Collections.Immutable;

namespace TrafficAudit.Index.Filtering;

/// <summary>What a filter has to know of the case that it is for.</summary>
public sealed record FilterContext
{
    /// <summary>Of a case of which nothing is known.</summary>
    public static FilterContext None { get; } = new();

    /// <summary>The domains of the company under investigation, for <c>party:</c>.</summary>
    public ImmutableArray<string> FirstPartyDomains { get; init; } = [];

    /// <summary>Gives the names that devices had, by id, for <c>device:</c>; asked when such a term is read.</summary>
    public Func<ILookup<string, string>> DeviceNames { get; init; } = () => Array.Empty<string>().ToLookup(id => id);

    /// <summary>What reviewers decided, for <c>decision:</c>, <c>assigned:</c> and <c>tag:</c>, and for what transfers say of it.</summary>
    public IJudgements Judgements { get; init; } = NoJudgements.Instance;
}
