using System.Buffers;
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
    private readonly SortedDictionary<long, OpenFlow> _open = [];
    private readonly ArrayBufferWriter<byte> _lines = new(MessageBatches.BatchBytes);
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
            ? SegmentWriter.Create(folder, 1, state.Chain, options, time.GetUtcNow())
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

    /// <summary>Appends what is known of a flow that lasts.</summary>
    public void Open(FlowRecord flow)
    {
        MakeRoom();
        var open = OpenFlow.Of(flow);
        _open[flow.Metadata.Number] = open;
        _segment.Append(FlowDrafts.Opening(open, flow.Metadata.Started));
    }

    /// <summary>Appends messages of a flow that was opened.</summary>
    /// <exception cref="InvalidOperationException">It was not.</exception>
    public void Append(MessageBatch batch)
    {
        MakeRoom();
        var open = _open.GetValueOrDefault(batch.Number) ?? throw new InvalidOperationException("Messages came for a flow that was not opened");
        Append(open, batch.Messages);
    }

    /// <summary>Appends a flow, or what is left of it.</summary>
    public StoredFlow Append(FlowRecord given)
    {
        MakeRoom();
        var number = given.Metadata.Number;
        if (!_open.Remove(number, out var open))
        {
            open = OpenFlow.Of(given);
            AppendWhole(open, given.Messages);
        }

        IReadOnlyList<StoredBatch>? batches = open.Batches.Count > 0 || given.Metadata.Messages is not null ? open.Batches : null;
        var flow = KeptBody.Of(given, _lost) with { Messages = batches is null ? null : new SegmentConversation(_folder.Segment, number, batches) };
        var start = _segment.Position;
        foreach (var draft in FlowDrafts.Of(flow, batches))
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

    /// <summary>Gives back the numbers that were journalled and not used, and brings all to the disk, <paramref name="last"/> at its very end.</summary>
    public void Close(JournalEntry? last)
    {
        AppendInterrupted(_open.Values);
        _open.Clear();
        AppendNumbers(Numbers.Last);
        if (last is not null)
        {
            Append(last);
        }

        _segment.Commit();
    }

    public void Dispose() => _segment.Dispose();

    private void AppendOpening(RecoveredState state)
    {
        if (state.IsNew)
        {
            AppendEntry(JournalKinds.CaseCreated, JsonSerializer.SerializeToElement(_folder.Info, CaseJson.Default.CaseInfo));
        }

        AppendInterrupted(state.Unfinished);
        foreach (var (file, bytes) in state.CutOff)
        {
            AppendEntry(JournalKinds.Recovered, JsonSerializer.SerializeToElement(new JsonObject { ["file"] = file, ["bytes"] = bytes }));
        }

        Commit();
    }

    private void AppendInterrupted(IEnumerable<OpenFlow> flows)
    {
        foreach (var open in flows)
        {
            foreach (var draft in FlowDrafts.Of(open.Interrupted(), open.Opening.Flow.Kind == FlowKind.WebSocket ? open.Batches : null))
            {
                _segment.Append(draft);
            }

            _segment.CountFlow();
        }
    }

    /// <summary>A conversation that was not appended as it went on.</summary>
    private void AppendWhole(OpenFlow open, Conversation? conversation)
    {
        foreach (var batch in MessageBatches.Of(conversation))
        {
            Append(open, batch);
        }
    }

    private void Append(OpenFlow open, IReadOnlyList<WebSocketMessage> messages)
    {
        _lines.ResetWrittenCount();
        MessageLines.Write(_lines, messages);
        var (start, totals, last) = (_segment.Position, BatchTotals.Of(messages), messages[^1].Time);
        _segment.Append(FlowDrafts.Messages(open, _lines.WrittenMemory, totals, last));
        open.Add(new StoredBatch(_segment.Number, start, totals), last);
    }

    private void MakeRoom()
    {
        if (_segment.Flows >= _options.SegmentFlows || _segment.Position >= _options.SegmentBytes)
        {
            StartNextSegment();
        }
    }

    /// <summary>
    /// A new segment says first which flows are open, then which numbers are taken: a recovery that finds the latter need not read older segments.
    /// </summary>
    private void StartNextSegment()
    {
        Commit();
        var next = SegmentWriter.Create(_folder, _segment.Number + 1, _segment.Chain.Copy(), _options, _time.GetUtcNow());
        _segment.Dispose();
        _segment = next;
        foreach (var open in _open.Values)
        {
            _segment.Append(FlowDrafts.Opening(open, open.LastSeen));
        }

        AppendNumbers(Numbers.NextBlock());
    }

    private void AppendNumbers(long to) => AppendEntry(JournalKinds.NumberBlock, JsonSerializer.SerializeToElement(new JsonObject { ["to"] = to }));

    private void AppendEntry(string kind, JsonElement content) => Append(new JournalEntry(kind, _time.GetUtcNow(), content));
}
