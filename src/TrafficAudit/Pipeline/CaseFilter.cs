using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index.Filtering;

namespace TrafficAudit.Pipeline;

/// <summary>Reads filters as they are meant in a case.</summary>
internal static class CaseFilter
{
    /// <summary>Reads a filter; one that names devices reads their names from the journal, and with it through all of the evidence.</summary>
    /// <param name="folder">The case.</param>
    /// <param name="text">The filter; null for everything.</param>
    /// <param name="judgements">What reviewers decided.</param>
    /// <exception cref="FlowFilterException">The filter can't be understood.</exception>
    public static FlowFilter Parse(CaseFolder folder, string? text, IJudgements judgements) => FlowFilter.Parse(text ?? "", Context(folder) with
    {
        Judgements = judgements,
        DeviceNames = () => SessionNotes.DeviceNames(new EvidenceReader(folder).ReadJournal(JournalKinds.SessionStarted)),
    });

    /// <summary>Finds what is wrong with a filter, without reading anything; the case may be locked.</summary>
    /// <exception cref="FlowFilterException">The filter can't be understood.</exception>
    public static void Check(CaseFolder folder, string text) => FlowFilter.Parse(text, Context(folder));

    private static FilterContext Context(CaseFolder folder) => new() { FirstPartyDomains = folder.Info.FirstPartyDomains };
}
