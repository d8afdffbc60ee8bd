using TrafficAudit.Classification.Tests.Corpus.Sweeps;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus;

/// <summary>The corpus: the same in every run, made once.</summary>
internal static class LabelledCorpus
{
    private static readonly Lazy<IReadOnlyList<LabelledMessage>> Made = new(Make);

    public static IReadOnlyList<LabelledMessage> Messages => Made.Value;

    private static IReadOnlyList<LabelledMessage> Make() =>
    [
        .. new KnownMessages(new Chance(1)).All(),
        .. new NamedMessages(new Chance(2)).All(),
    ];
}
