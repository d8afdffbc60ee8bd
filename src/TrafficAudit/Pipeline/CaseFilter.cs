using System.Collections.Immutable;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;

namespace TrafficAudit.Pipeline;

/// <summary>Reads filters as they are meant in a case.</summary>
internal static class CaseFilter
{
    /// <summary>Reads a filter; one that names devices reads their names from the journal, and with it through all of the evidence.</summary>
    /// <param name="folder">The case.</param>
    /// <param name="text">The filter; null for everything.</param>
    /// <param name="books">What people made of the case.</param>
    /// <param name="index">The case's index; null where it is not open, and <c>consent:</c> is refused.</param>
    /// <exception cref="FlowFilterException">The filter can't be understood.</exception>
    public static FlowFilter Parse(CaseFolder folder, string? text, CaseBooks books, ICaseIndex? index) =>
        FlowFilter.Parse(text ?? "", Context(folder, books, index) with { Saved = name => books.Notes.Find(name)?.Filter });

    /// <summary>Reads a filter as <see cref="Parse"/> does, but knows devices by their ids alone: the evidence is not read for it.</summary>
    /// <inheritdoc cref="Parse"/>
    public static FlowFilter ParseQuickly(CaseFolder folder, string text, CaseBooks books, ICaseIndex index) =>
        FlowFilter.Parse(text, Context(folder, books, index) with { DeviceNames = FilterContext.None.DeviceNames, Saved = name => books.Notes.Find(name)?.Filter });

    /// <summary>Reads a filter that is to be kept under a name: it can't name another one.</summary>
    /// <inheritdoc cref="Parse"/>
    public static FlowFilter ParseKept(CaseFolder folder, string text, CaseBooks books, ICaseIndex index) => FlowFilter.Parse(text, Context(folder, books, index));

    private static FilterContext Context(CaseFolder folder, CaseBooks books, ICaseIndex? index) => Context(folder) with
    {
        Judgements = books.Decisions,
        IsMarked = books.Notes.IsMarked,
        Answers = index is null ? null : () => AnswersIn(index),
        DeviceNames = () => SessionNotes.DeviceNames(new EvidenceReader(folder).ReadJournal(JournalKinds.SessionStarted)),
    };

    /// <summary>When the first flow after the answer to the question for consent started, by session.</summary>
    public static IReadOnlyDictionary<string, DateTimeOffset> AnswersIn(ICaseIndex index) =>
        index.Sessions().Where(s => s.Answered is not null).ToDictionary(s => s.Session, s => s.Answered!.Value, StringComparer.Ordinal);

    /// <summary>Finds what is wrong with a filter, without reading anything; the case may be locked.</summary>
    /// <exception cref="FlowFilterException">The filter can't be understood.</exception>
    public static void Check(CaseFolder folder, string text) => FlowFilter.Parse(text, Context(folder) with
    {
        Answers = () => ImmutableDictionary<string, DateTimeOffset>.Empty,
        Saved = _ => "",
    });

    private static FilterContext Context(CaseFolder folder) => new() { FirstPartyDomains = folder.Info.FirstPartyDomains };
}
