using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using TrafficAudit.Classification;
using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Model;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Flows;
using TrafficAudit.Review.Setup;

namespace TrafficAudit.Review.Tests;

/// <summary>A case in memory, whose content a test sets as it likes.</summary>
internal sealed class FakeSource : IReviewSource
{
    private readonly ChangeSignal _changes = new();
    private ImmutableList<AnalyzedFlow> _flows = [];

    public FakeSource()
    {
        Flow = new FakeFlowSource(number => _flows.Find(f => f.Summary.Number == number));
        TransfersOf = _ => Transfers;
    }

    public string CaseName { get; set; } = "invented-case";

    public Attribution? CountryAttribution { get; set; } = new("IP geolocation by DB-IP", new Uri("https://db-ip.com"));

    public IReadOnlyList<string> Warnings { get; set; } = [];

    public IReadOnlyList<Transfer> Transfers { get; set; } = [];

    /// <summary>What a query for flows fails with.</summary>
    public Exception? Failure { get; set; }

    public ReviewCounters Counters =>
        new(_flows.Count, _flows.Sum(f => f.Findings.Count), _flows.Count(f => f.Summary.Failure is not null), ReadPercent);

    /// <summary>The share of connections read.</summary>
    public int? ReadPercent { get; set; }

    public IDeviceSource? Devices { get; set; }

    public IDecisionSource? Decisions { get; set; }

    public SetupSources? Setup { get; set; }

    public INoteSource? Notes { get; set; }

    /// <summary>Says that something changed.</summary>
    public void Raise() => _changes.Raise();

    /// <summary>Phases set, in their order.</summary>
    public List<string> Phases { get; } = [];

    /// <summary>Writes the results of a command; by default its name and options.</summary>
    public Func<string, IReadOnlyDictionary<string, string>, Stream, CancellationToken, Task> Results { get; set; } =
        (command, options, output, cancellation) =>
        {
            var text = command + string.Concat(options.OrderBy(o => o.Key).Select(o => $" {o.Key}={o.Value}"));
            return output.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).AsTask();
        };

    /// <summary>What happens when a phase is set, beside noting it.</summary>
    public Action<string> OnPhase { get; set; } = _ => { };

    public void Add(FlowSummary flow, params Finding[] findings)
    {
        ImmutableInterlocked.Update(ref _flows, (flows, added) => flows.Insert(0, added), new AnalyzedFlow(flow, findings));
        Feed.Add(flow.Number);
        _changes.Raise();
    }

    public IFlowList FlowsOf(string filter)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        return new FakeFlows(() => [.. Below(filter, null).Select(Row)]);
    }

    public IReadOnlyList<FilterCompletionRow> CompletionsOf(string text, int position) => Completions;

    /// <summary>What every place of a filter is completed with.</summary>
    public IReadOnlyList<FilterCompletionRow> Completions { get; set; } = [];

    /// <summary>What a query of findings waits for whose filter is not understood.</summary>
    public Task FaultsAfter { get; set; } = Task.CompletedTask;

    public async ValueTask<IReadOnlyList<AnalyzedFlow>> FindingsAsync(string filter, int limit, long? before, CancellationToken cancellation)
    {
        await (filter.StartsWith("nonsense", StringComparison.Ordinal) ? FaultsAfter : Task.CompletedTask);
        var page = new List<AnalyzedFlow>();
        var count = 0;
        foreach (var flow in Below(filter, before).Where(f => f.Findings.Count > 0).TakeWhile(_ => count < limit))
        {
            page.Add(flow);
            count += flow.Findings.Count;
        }

        return page;
    }

    public ValueTask<IReadOnlyList<Transfer>> TransfersAsync(string filter, CancellationToken cancellation)
    {
        Filters.Add(filter);
        return new(TransfersOf(filter));
    }

    /// <summary>The transfers of a filter; by default <see cref="Transfers"/>, whatever it is.</summary>
    public Func<string, IReadOnlyList<Transfer>> TransfersOf { get; set; }

    /// <summary>Its single flows.</summary>
    public FakeFlowSource Flow { get; }

    public IFlowSource Flows => Flow;

    public FlowFeed Feed { get; set; } = new();

    public FlowFinder FinderOf(string filter)
    {
        _ = Below(filter, null);
        return (number, _) => Task.FromResult(Below(filter, null).FirstOrDefault(f => f.Summary.Number == number)?.Summary);
    }

    public JurisdictionProfile ProfileOf(string? id)
    {
        try
        {
            return JurisdictionProfile.Load(null, id ?? "kr");
        }
        catch (JurisdictionFileException e)
        {
            throw new RejectedRequestException(e.Message, e);
        }
    }

    /// <summary>What revealing fails with.</summary>
    public RejectedRequestException? RevealFailure { get; set; }

    /// <summary>Adds a flow with its messages, and what classification finds in them.</summary>
    public void Add(FlowRecord flow, Persona persona)
    {
        Flow.Records[flow.Metadata.Number] = flow;
        Add(Invented.SummaryOf(flow), [.. new Classifier(persona).Classify(flow).Findings]);
    }

    public IAsyncEnumerable<long> WatchAsync(CancellationToken cancellation) => _changes.WatchAsync(cancellation);

    public Task WriteResultsAsync(
        string command, IReadOnlyDictionary<string, string> options, Stream output, CancellationToken cancellation) =>
        Results(command, options, output, cancellation);

    /// <summary>What transfers add up to.</summary>
    public IReadOnlyList<TransferSum> Sums { get; set; } = [];

    public IReadOnlyList<TransferSum> TransferSums(string filter, TransferGrouping by)
    {
        Filters.Add(filter);
        return Sums;
    }

    /// <summary>The sessions there are.</summary>
    public IReadOnlyList<SessionRow> SessionRows { get; set; } = [];

    public IReadOnlyList<SessionRow> Sessions() => SessionRows;

    /// <summary>What was found over time, in any session.</summary>
    public Timeline? Timeline { get; set; }

    public Timeline? TimelineOf(string session, string filter) => Timeline;

    /// <summary>The filters that transfers were asked for with.</summary>
    public System.Collections.Concurrent.ConcurrentBag<string> Filters { get; } = [];

    public Task SetPhaseAsync(Person person, string phase, string? device, CancellationToken cancellation)
    {
        OnPhase(phase);
        Phases.Add(device is null ? phase : $"{phase} of {device}");
        return Task.CompletedTask;
    }

    /// <summary>What was revealed to whom, in order.</summary>
    public List<(Person Person, Revealing What)> Reveals { get; } = [];

    public Task RevealAsync(Person person, Revealing what, CancellationToken cancellation)
    {
        if (RevealFailure is not null)
        {
            throw RevealFailure;
        }

        Reveals.Add((person, what));
        return Task.CompletedTask;
    }

    public Task<string> SealAsync(Uri? timestampAuthority, CancellationToken cancellation) =>
        Task.FromResult($"sealed, stamped by {timestampAuthority?.ToString() ?? "nobody"}");

    // The language itself is the index's; this one knows hosts, and what it can't understand.
    private IEnumerable<AnalyzedFlow> Below(string filter, long? before) => filter.StartsWith("nonsense", StringComparison.Ordinal)
        ? throw new RejectedFilterException("filter, position 1: no such <term>", 1, new FormatException())
        : Below(before).Where(f => filter.Length == 0 || f.Summary.Host == filter);

    private IEnumerable<AnalyzedFlow> Below(long? before) => _flows.Where(f => f.Summary.Number < (before ?? long.MaxValue));

    private static FlowRow Row(AnalyzedFlow flow) => new(
        flow.Summary,
        [.. flow.Findings.Select(f => f.Item).Distinct()],
        [.. flow.Findings.Where(f => f.Location.Part == MessagePart.Path).Select(f => f.Value)]);
}
