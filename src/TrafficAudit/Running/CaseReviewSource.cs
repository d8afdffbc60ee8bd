using System.Text.Json.Nodes;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Exporting;
using TrafficAudit.Geolocation;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Results;
using TrafficAudit.Review;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Flows;
using TrafficAudit.Review.Setup;
using TrafficAudit.Searching;

namespace TrafficAudit.Running;

/// <summary>A case as the review UI and the HTTP API see it.</summary>
/// <param name="caseName">The case's name.</param>
/// <param name="index">Its index.</param>
/// <param name="flowSource">Its single flows.</param>
/// <param name="renderer">Renders results for commands beside this process.</param>
/// <param name="databases">Whose data the countries are.</param>
/// <param name="labels">What its sessions are called.</param>
/// <param name="time">The clock.</param>
internal sealed class CaseReviewSource(
    string caseName, ICaseIndex index, IFlowSource flowSource, ResultRenderer renderer, GeoDatabases databases, SessionLabels labels, TimeProvider time) : IReviewSource
{
    private const int PageSize = 500;

    /// <summary>As many as can be told apart across a window.</summary>
    private const int Slices = 120;

    /// <summary>The group of the rules' own items, which the taxonomy does not have.</summary>
    private const string UnknownGroup = "other";

    private readonly ChangeSignal _changes = new();
    private readonly LiveCoverage _coverage = new(index, time);
    private readonly FilterCompletion _completion = new(index);

    /// <summary>Sets the phase of the running sessions, or of one device's; null when nothing is being recorded.</summary>
    public Func<Person, string, string?, CancellationToken, Task>? PhaseSetter { private get; init; }

    /// <summary>Seals the case, stamped by an authority where one is named, and says what came of it; null when nothing is being recorded.</summary>
    public Func<Uri?, CancellationToken, Task<string>>? Sealer { private get; init; }

    /// <summary>Exports the case; null where that is not offered.</summary>
    public ExportDesk? Exports { private get; init; }

    /// <summary>How the recording keeps up; null when nothing is being recorded.</summary>
    public Func<RecordingLoad>? Load { private get; init; }

    /// <summary>Notes in the journal who is shown values; null where none are to be shown.</summary>
    public Func<JsonObject, CancellationToken, Task>? RevealNotes { private get; init; }

    public IDeviceSource? Devices { get; init; }

    public IDecisionSource? Decisions { get; init; }

    public SetupSources? Setup { get; init; }

    public INoteSource? Notes { get; init; }

    public string CaseName => caseName;

    public ReviewCounters Counters
    {
        get
        {
            var counters = index.Counters;
            return new ReviewCounters(counters.Flows, counters.Findings, counters.Failures, _coverage.ReadPercent, Load?.Invoke());
        }
    }

    public Attribution? CountryAttribution => databases.Databases
        .Where(d => d is { Attribution: not null, AttributionLink: not null })
        .Select(d => new Attribution(d.Attribution!, d.AttributionLink!))
        .FirstOrDefault();

    public IReadOnlyList<string> Warnings => [.. DatabaseAge.Warnings(databases.Databases, time.GetUtcNow())];

    /// <summary>Something has changed.</summary>
    public void RaiseChanged() => _changes.Raise();

    /// <summary>A flow was added to the index.</summary>
    public void Add(long flow)
    {
        Feed.Add(flow);
        _changes.Raise();
    }

    public IFlowList FlowsOf(string filter)
    {
        var which = FilterOf(filter);
        return which.LooksIntoContent ? SearchedFlows.Start(renderer.Search, which, index, labels) : new ReviewedFlows(index.Select(which), labels);
    }

    public IReadOnlyList<FilterCompletionRow> CompletionsOf(string text, int position) =>
        [.. _completion.At(text, position).Select(s => new FilterCompletionRow(s.Text, PlainText.Of(s.Text), s.Start, s.Length, s.Flows))];

    public async ValueTask<IReadOnlyList<AnalyzedFlow>> FindingsAsync(string filter, int limit, long? before, CancellationToken cancellation)
    {
        var which = await renderer.Search.AnswerAsync(FilterOf(filter), null, cancellation);
        var flows = new List<AnalyzedFlow>();
        var count = 0;
        do
        {
            var page = index.Flows(which, before, PageSize);
            foreach (var flow in page.Flows)
            {
                if (count < limit && await CountedAsync(flow.Number, which, cancellation) is { Count: > 0 } findings)
                {
                    flows.Add(new AnalyzedFlow(flow, findings));
                    count += findings.Count;
                }
            }

            before = page.Next;
        }
        while (count < limit && before is not null);

        return flows;
    }

    public async ValueTask<IReadOnlyList<Transfer>> TransfersAsync(string filter, CancellationToken cancellation) =>
        index.Transfers(await renderer.Search.AnswerAsync(FilterOf(filter), null, cancellation));

    public FlowFeed Feed { get; } = new();

    public FlowFinder FinderOf(string filter)
    {
        var which = FilterOf(filter);
        return (number, cancellation) => renderer.Search.FindAsync(number, which, cancellation);
    }

    public JurisdictionProfile ProfileOf(string? id)
    {
        try
        {
            return renderer.ProfileOf(id);
        }
        catch (GeoDataException e)
        {
            throw new RejectedRequestException(e.Message, e);
        }
    }

    public IFlowSource Flows => flowSource;

    public IReadOnlyList<TransferSum> TransferSums(string filter, TransferGrouping by) => index.TransferSums(IndexFilterOf(filter), by);

    public IReadOnlyList<SessionRow> Sessions() => [.. index.Sessions().Select(s => new SessionRow(s, labels.Of(s.Session)))];

    public Timeline? TimelineOf(string session, string filter) =>
        index.Timeline(session, IndexFilterOf(filter), item => ItemTaxonomy.Find(item)?.Group ?? UnknownGroup, Slices);

    public IAsyncEnumerable<long> WatchAsync(CancellationToken cancellation) => _changes.WatchAsync(cancellation);

    public async Task WriteResultsAsync(string command, IReadOnlyDictionary<string, string> options, Stream output, CancellationToken cancellation)
    {
        try
        {
            if (command == ExportRequest.Command)
            {
                await (Exports ?? throw new RejectedRequestException("This case is not exported here.")).WriteAsync(ExportRequest.Of(options), output, cancellation);
                return;
            }

            await renderer.WriteAsync(ResultRequest.Of(command, options), output, cancellation);
        }
        catch (Exception e) when (e is FlowFilterException or InputException or GeoDataException)
        {
            throw new RejectedRequestException(e.Message, e);
        }
    }

    public Task SetPhaseAsync(Person person, string phase, string? device, CancellationToken cancellation)
    {
        if (!person.MaySetUp)
        {
            throw new RejectedRequestException("Phases are set by investigators only.");
        }

        return (PhaseSetter ?? throw new RejectedRequestException("Nothing is being recorded in this case."))(
            person, PhaseLabel.Of(phase) ?? throw new RejectedRequestException($"A phase has 1 to {PhaseLabel.Longest} characters, none of them a control character."), device, cancellation);
    }

    public Task<string> SealAsync(Uri? timestampAuthority, CancellationToken cancellation) =>
        Sealer is null ? throw new RejectedRequestException("Nothing is being recorded in this case.") : Sealer(timestampAuthority, cancellation);

    public async Task RevealAsync(Person person, Revealing what, CancellationToken cancellation)
    {
        if (!person.MayJudge)
        {
            throw new RejectedRequestException("Values are revealed to reviewers and investigators only.");
        }

        try
        {
            await (RevealNotes ?? throw new RejectedRequestException("Values are not revealed here."))(RevealedNote.Of(person, what), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CaseException)
        {
            throw new RejectedRequestException($"Values are revealed only when the journal says so, and it can't be written: {e.Message}", e);
        }
    }

    private async ValueTask<IReadOnlyList<Finding>> CountedAsync(long number, FlowFilter filter, CancellationToken cancellation) =>
        await index.GetAsync(number, cancellation) is { } analyzed ? [.. filter.Meant(analyzed)] : [];

    /// <summary>A filter for views that are counted anew as flows come: they can't read through the evidence each time.</summary>
    private FlowFilter IndexFilterOf(string text) => FilterOf(text) is { LooksIntoContent: false } filter
        ? filter
        : throw new RejectedRequestException("Decoded content (body:, field:, or a kept filter with one of them) is not searched in this view; the list of flows does that.");

    private FlowFilter FilterOf(string text)
    {
        try
        {
            return renderer.FilterOf(text);
        }
        catch (FlowFilterException e)
        {
            throw new RejectedFilterException(e.Message, e.Position, e);
        }
    }
}
