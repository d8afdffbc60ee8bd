using TrafficAudit.Classification.Correlation;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;

namespace TrafficAudit.Pipeline;

/// <summary>
/// Compares what the devices of a case sent over all its sessions, and puts what it finds into the index as findings of the flows, in the place of
/// what the run before had put there:
/// <code>
/// index (who spoke to whom, when) ─► evidence, once: what was sent ─► rule ─► evidence, again: findings ─► index
/// </code>
/// Nothing of it is on the way of a flow that is being recorded. Without a device that was recorded twice the evidence is not read at all. Any thread
/// may use it; it does one thing at a time.
/// </summary>
internal sealed class CaseCorrelation(CaseFolder folder, ICaseIndex index) : IDisposable
{
    private readonly CorrelationFile _file = new(folder, index);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>How many bytes of evidence a run reads, for a progress bar.</summary>
    public long Bytes => 2 * folder.Segments.Sum(new EvidenceReader(folder).SegmentLength);

    /// <summary>The report of the case as it is, from the last run where nothing has changed since.</summary>
    /// <param name="progress">Bytes of evidence done, of <see cref="Bytes"/>; null for nobody.</param>
    /// <param name="cancellation">Ends it; the next one begins anew.</param>
    /// <exception cref="IOException">The evidence can't be read.</exception>
    public async Task<CorrelationReport> CurrentAsync(IProgress<long>? progress, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return _file.Current ?? await Task.Run(() => RunAsync(progress, cancellation), cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static bool IsSame(IReadOnlyList<Finding> some, IReadOnlyList<Finding> others) =>
        some.Count == others.Count && some.Zip(others).All(p => Gist(p.First) == Gist(p.Second));

    private static (string, Strength, string, string, FindingLocation) Gist(Finding f) => (f.Item, f.Strength, f.Reason, f.Value, f.Location with { Decodings = [] });

    private async Task<CorrelationReport> RunAsync(IProgress<long>? progress, CancellationToken cancellation)
    {
        var basis = _file.Basis();
        var launches = new LaunchMap(index.Ascending(FlowFilter.None));
        var earlier = await EarlierAsync(cancellation);
        var report = CorrelationReport.OfNothing(launches);
        CorrelationFile.Delete(folder);
        if (launches.HasSomethingToCompare || earlier.Count > 0)
        {
            // What is recorded meanwhile is left to the next run.
            var until = folder.Segments.ToDictionary(s => s, new EvidenceReader(folder).SegmentLength);
            var correlator = new Correlator(launches);
            var notes = new SessionNotes();
            foreach (var entry in Read(until, 0, progress, cancellation))
            {
                Observe(correlator, notes, entry);
            }

            var result = correlator.Judge(notes.Sessions);
            var matcher = new CorrelationMatcher(result, launches);
            await ReplaceAsync(matcher, earlier, Read(until, until.Values.Sum(), progress, cancellation), cancellation);
            await index.FlushAsync(cancellation);
            report = CorrelationReport.Of(result, matcher);
        }

        _file.Write(basis, report);
        return report;
    }

    /// <summary>The flows that have findings of the run before.</summary>
    private async Task<HashSet<long>> EarlierAsync(CancellationToken cancellation)
    {
        var flows = new HashSet<long>();
        try
        {
            await foreach (var (flow, _) in index.FindingsAsync(FlowFilter.Parse($"detector:{Token.Of(Detector.Correlation)}"), all: true, cancellation))
            {
                flows.Add(flow.Number);
            }
        }
        catch (IndexDamagedException)
        {
            // Whoever opens the case next makes that part again, and with it the comparison: this report is not current then.
        }

        return flows;
    }

    private IEnumerable<EvidenceEntry> Read(IReadOnlyDictionary<int, long> until, long before, IProgress<long>? progress, CancellationToken cancellation)
    {
        var reader = new EvidenceReader(folder);
        var done = before;
        foreach (var (segment, length) in until)
        {
            foreach (var entry in reader.ReadSegment(segment))
            {
                cancellation.ThrowIfCancellationRequested();
                if (entry.Flow?.End > length)
                {
                    entry.Flow.Flow.Dispose();
                    break;
                }

                yield return entry;
                progress?.Report(done + (entry.Flow?.End ?? 0));
            }

            done += length;
        }
    }

    private static void Observe(Correlator correlator, SessionNotes notes, EvidenceEntry entry)
    {
        if (entry.Entry is { } note)
        {
            notes.Add(note);
        }

        using var flow = entry.Flow?.Flow;
        if (flow is not null)
        {
            correlator.Observe(flow);
        }
    }

    private async Task ReplaceAsync(
        CorrelationMatcher matcher, HashSet<long> earlier, IEnumerable<EvidenceEntry> entries, CancellationToken cancellation)
    {
        foreach (var stored in entries.Select(e => e.Flow).OfType<StoredFlow>())
        {
            using var flow = stored.Flow;
            var matches = matcher.Match(flow);
            if ((matches.Count == 0 && !earlier.Contains(flow.Metadata.Number)) || await index.GetAsync(flow.Metadata.Number, cancellation) is not { } analyzed)
            {
                continue;
            }

            var others = analyzed.Findings.Where(f => f.Detector != Detector.Correlation).ToList();
            Finding[] all = [.. others, .. matcher.Findings(flow, matches, others)];
            if (!IsSame(all, analyzed.Findings))
            {
                var target = flow.Request is { } request ? HttpHead.Parse(request.Head.Span).Target : "";
                var summary = analyzed.Summary with { Path = ShownPath.Of(target, all) };
                await index.AddAsync(stored.Position.Segment, stored.Position.Offset, new AnalyzedFlow(summary, all), cancellation);
            }
        }
    }
}
