using TrafficAudit.Classification.Tests.Corpus.Apps;
using TrafficAudit.Classification.Tests.Corpus.Ordinary;
using TrafficAudit.Classification.Tests.Corpus.Sweeps;
using TrafficAudit.Classification.Tests.Corpus.Traps;
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
        .. new AppMessages(new Chance(3)).All(),
        .. new TrapMessages(new Chance(4)).All(),
        .. new OrdinaryMessages(new Chance(5)).All(),
    ];
}
