using System.Collections.Immutable;
using TrafficAudit.Model;

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

    /// <summary>Whether somebody marked a flow, for <c>marked:</c>.</summary>
    public Func<long, bool> IsMarked { get; init; } = _ => false;

    /// <summary>Gives the filter that is kept under a name, for <c>saved:</c>, null when there is none; itself null where no filter may name one.</summary>
    public Func<string, string?>? Saved { get; init; }

    /// <summary>
    /// Gives when the first flow after the answer to the question for consent started, by session (<see cref="SessionExtent.Answered"/>), for <c>consent:</c>; asked
    /// when such a term is read. Null where nobody knows: then there is no such term.
    /// </summary>
    public Func<IReadOnlyDictionary<string, DateTimeOffset>>? Answers { get; init; }
}
