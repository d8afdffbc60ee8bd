using System.Text.Json;
using System.Text.Json.Nodes;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>The end of a case's evidence: what is appended, segment after segment, by one thread at a time.</summary>
internal sealed class EvidenceAppender : IDisposable
{
    private readonly CaseFolder _folder;
    private readonly EvidenceOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string> _lost;
    private SegmentWriter _segment;

    private EvidenceAppender(
        CaseFolder folder, EvidenceOptions options, TimeProvider time, SegmentWriter segment, FlowNumbers numbers, Action<string> lost)
    {
        _lost = lost;
        _folder = folder;
        _options = options;
        _time = time;
        _segment = segment;
        Numbers = numbers;
    }

    public FlowNumbers Numbers { get; }

    /// <summary>Mends a torn end, and notes what was found and which numbers will be given.</summary>
    /// <param name="folder">The case, locked.</param>
    /// <param name="options">How to write.</param>
    /// <param name="time">The clock.</param>
    /// <param name="lost">Told why when a body's file is gone.</param>
    /// <exception cref="IOException">The evidence can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The evidence can't be written.</exception>
    public static EvidenceAppender Open(CaseFolder folder, EvidenceOptions options, TimeProvider time, Action<string> lost)
    {
        var state = Recovery.Run(folder);
        var segment = state.Segment == 0
            ? SegmentWriter.Create(folder, 1, state.Chain, options.Software, time.GetUtcNow())
            : SegmentWriter.Continue(folder, state.Segment, state.Length, state.Flows, state.Chain);
        var appender = new EvidenceAppender(folder, options, time, segment, new FlowNumbers(state.LastNumber), lost);
        try
        {
            appender.AppendOpening(state);
            return appender;
        }
        catch
        {
            using (appender)
            {
                appender.TakeBack();
            }

            throw;
        }
    }

    public void Append(JournalEntry entry) => _segment.Append(FlowDrafts.Of(entry));

    /// <summary>Appends a flow, or what is left of it.</summary>
    public StoredFlow Append(FlowRecord given)
    {
        var flow = KeptBody.Of(given, _lost);
        if (_segment.Flows >= _options.SegmentFlows || _segment.Position >= _options.SegmentBytes)
        {
            StartNextSegment();
        }

        var start = _segment.Position;
        foreach (var draft in FlowDrafts.Of(flow))
        {
            _segment.Append(draft);
        }

        _segment.CountFlow();
        return new StoredFlow(flow, new FlowPosition(_segment.Number, start), _segment.Position);
    }

    /// <summary>Brings what was appended to the disk, with more numbers when they run short.</summary>
    public void Commit()
    {
        if (Numbers.NeedsBlock)
        {
            AppendNumbers(Numbers.NextBlock());
        }

        _segment.Commit();
    }

    /// <summary>Takes back what was appended since the last commit.</summary>
    public void TakeBack() => _segment.TakeBack();

    /// <summary>Gives back the numbers that were journalled and not used, and brings all to the disk.</summary>
    public void Close()
    {
        AppendNumbers(Numbers.Last);
        _segment.Commit();
    }

    public void Dispose() => _segment.Dispose();

    private void AppendOpening(RecoveredState state)
    {
        if (state.IsNew)
        {
            AppendEntry(JournalKinds.CaseCreated, JsonSerializer.SerializeToElement(_folder.Info, CaseJson.Default.CaseInfo));
        }

        foreach (var (file, bytes) in state.CutOff)
        {
            AppendEntry(JournalKinds.Recovered, JsonSerializer.SerializeToElement(new JsonObject { ["file"] = file, ["bytes"] = bytes }));
        }

        Commit();
    }

    /// <summary>A new segment says first which numbers are taken, so that recovery need not read older ones.</summary>
    private void StartNextSegment()
    {
        Commit();
        var next = SegmentWriter.Create(_folder, _segment.Number + 1, _segment.Chain.Copy(), _options.Software, _time.GetUtcNow());
        _segment.Dispose();
        _segment = next;
        AppendNumbers(Numbers.NextBlock());
    }

    private void AppendNumbers(long to) => AppendEntry(JournalKinds.NumberBlock, JsonSerializer.SerializeToElement(new JsonObject { ["to"] = to }));

    private void AppendEntry(string kind, JsonElement content) => Append(new JournalEntry(kind, _time.GetUtcNow(), content));
}
