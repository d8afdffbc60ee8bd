using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Model;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Flows;
using TrafficAudit.Review.Setup;

namespace TrafficAudit.Review;

/// <summary>
/// What the review UI and the HTTP API show: one case, live or recorded. Every member is called from many threads at once. Lists
/// are snapshots that the caller may keep; whoever implements this never changes them afterwards.
/// </summary>
public interface IReviewSource
{
    /// <summary>The case's name.</summary>
    string CaseName { get; }

    /// <summary>How much there is at this moment; cheap, asked several times a second.</summary>
    ReviewCounters Counters { get; }

    /// <summary>The paired phones; null when nothing is being recorded.</summary>
    IDeviceSource? Devices { get; }

    /// <summary>What people decide on findings and transfers; null where nothing can be decided.</summary>
    IDecisionSource? Decisions { get; }

    /// <summary>What investigators set up; null where nothing can be.</summary>
    SetupSources? Setup { get; }

    /// <summary>Marks and kept filters; null where there are none.</summary>
    INoteSource? Notes { get; }

    /// <summary>
    /// Whom the country data is from: shown with a link wherever countries are (the licence of DB-IP Lite, CC BY 4.0, asks for that);
    /// null when no database that asks for it is in use.
    /// </summary>
    Attribution? CountryAttribution { get; }

    /// <summary>What whoever reads the countries should know, a line each: databases that are too old.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>The flows that a filter lets through.</summary>
    /// <param name="filter">Which flows, in the language of <c>--filter</c>; empty for all.</param>
    /// <exception cref="RejectedFilterException">The filter can't be understood.</exception>
    IFlowList FlowsOf(string filter);

    /// <summary>What may stand at the cursor of a filter that is being typed; the text need not be a whole filter yet.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Where in it the cursor is, from 0 to the text's length.</param>
    IReadOnlyList<FilterCompletionRow> CompletionsOf(string text, int position);

    /// <summary>
    /// The newest flows that have findings, highest number first, each with all its counted findings (<see cref="Finding.IsCounted"/>).
    /// The list ends with the flow that makes <paramref name="limit"/> findings full, so that no flow is split between pages.
    /// </summary>
    /// <param name="filter">Of which flows, and which findings where it names items or detectors; empty for all.</param>
    /// <param name="limit">How many findings fill a page, from 1.</param>
    /// <param name="before">Only flows with a smaller number; null for the newest of all.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <exception cref="RejectedFilterException">The filter can't be understood.</exception>
    ValueTask<IReadOnlyList<AnalyzedFlow>> FindingsAsync(string filter, int limit, long? before, CancellationToken cancellation);

    /// <summary>Every transfer, in the order in which the command line lists them.</summary>
    /// <param name="filter">Of which flows and items; empty for all.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <exception cref="RejectedFilterException">The filter can't be understood.</exception>
    ValueTask<IReadOnlyList<Transfer>> TransfersAsync(string filter, CancellationToken cancellation);

    /// <summary>Which flows are added or change.</summary>
    FlowFeed Feed { get; }

    /// <summary>Finds single flows that a filter lets through, one that looks into content included.</summary>
    /// <param name="filter">Which flows; empty for all.</param>
    /// <exception cref="RejectedFilterException">The filter can't be understood.</exception>
    FlowFinder FinderOf(string filter);

    /// <summary>By whose rules countries are judged.</summary>
    /// <param name="id">The profile's short name (<c>kr</c>); null for the case's own.</param>
    /// <exception cref="RejectedRequestException">There is none of that name.</exception>
    JurisdictionProfile ProfileOf(string? id);

    /// <summary>Single flows in full.</summary>
    IFlowSource Flows { get; }

    /// <summary>The same transfers added up by country or recipient, most flows first.</summary>
    /// <param name="filter">Of which flows and items; empty for all.</param>
    /// <param name="by">By what.</param>
    /// <exception cref="RejectedFilterException">The filter can't be understood.</exception>
    IReadOnlyList<TransferSum> TransferSums(string filter, TransferGrouping by);

    /// <summary>The sessions that have flows, in the order of their first.</summary>
    IReadOnlyList<SessionRow> Sessions();

    /// <summary>What was found in a session over time, by the groups of items of the taxonomy; null when it has no flows.</summary>
    /// <param name="session">Its id.</param>
    /// <param name="filter">Which of its flows and findings; empty for all. Its length and its phases are those of all.</param>
    /// <exception cref="RejectedFilterException">The filter can't be understood.</exception>
    Timeline? TimelineOf(string session, string filter);

    /// <summary>
    /// Yields at once, and then whenever something has changed since. Changes are coalesced: a slow reader gets one signal for many.
    /// The number only tells one state from another. <see cref="ChangeSignal"/> does this.
    /// </summary>
    IAsyncEnumerable<long> WatchAsync(CancellationToken cancellation);

    /// <summary>Writes what <c>trafficaudit <paramref name="command"/></c> prints on standard output, byte for byte.</summary>
    /// <param name="command"><c>flows</c>, <c>findings</c>, <c>transfers</c>, <c>coverage</c>, <c>correlate</c>, <c>show</c>, <c>decisions</c> or <c>export</c>.</param>
    /// <param name="options">The command's options without their dashes (<c>format</c> = <c>json</c>); a switch has an empty value.</param>
    /// <param name="output">The response; synchronous writes are allowed. It stays open.</param>
    /// <param name="cancellation">Cancelled when the client has gone.</param>
    /// <exception cref="RejectedRequestException">An option is unknown or wrong; thrown before anything is written.</exception>
    Task WriteResultsAsync(string command, IReadOnlyDictionary<string, string> options, Stream output, CancellationToken cancellation);

    /// <summary>Seals the case while it is being recorded.</summary>
    /// <param name="timestampAuthority">Who is to stamp the seal (http or https); null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Lines for people: the seal, its key, its timestamp.</returns>
    /// <exception cref="RejectedRequestException">Nothing is being recorded.</exception>
    /// <exception cref="IOException">The seal can't be written.</exception>
    Task<string> SealAsync(Uri? timestampAuthority, CancellationToken cancellation);

    /// <summary>
    /// Notes in the case's journal that a person is about to see personal values unmasked. Only once it has completed may they be shown:
    /// then the note is on disk.
    /// </summary>
    /// <param name="person">Who; a reviewer or an investigator.</param>
    /// <param name="what">Which values.</param>
    /// <param name="cancellation">Ends the wait; the note may be written all the same.</param>
    /// <exception cref="RejectedRequestException">The person may not, or the journal can't be written: nothing may be shown.</exception>
    Task RevealAsync(Person person, Revealing what, CancellationToken cancellation);

    /// <summary>Sets the phase of every running session, or of one device's, and notes in the journal who asked for it.</summary>
    /// <param name="person">Who; an investigator.</param>
    /// <param name="phase">The label (<see cref="PhaseLabel.Of"/>).</param>
    /// <param name="device">The device's id, or its name when no other has it; null for all sessions, and those that begin later.</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    /// <exception cref="RejectedRequestException">Nothing is being recorded, the label can't be used, or there is no such device.</exception>
    Task SetPhaseAsync(Person person, string phase, string? device, CancellationToken cancellation);
}
