using TrafficAudit.Classification.Tests.Corpus.Writing;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Corpus.Values;

/// <summary>An item of somebody other than the persona, as senders name and write it.</summary>
/// <param name="Item">The taxonomy's slug.</param>
/// <param name="Evidence">What makes it recognisable.</param>
/// <param name="Keys">Keys that name it and nothing else.</param>
/// <param name="Content">Makes a value: a string or a decimal.</param>
internal sealed record ItemCase(string Item, Evidence Evidence, string[] Keys, Func<Chance, Somebody, object> Content)
{
    /// <summary>In which state the value travels.</summary>
    public FindingState State { get; init; }

    /// <summary>A new value of it.</summary>
    public Value Make(Chance chance) => Value.Of(Item, Content(chance, new Somebody(chance)), Evidence, State);
}
