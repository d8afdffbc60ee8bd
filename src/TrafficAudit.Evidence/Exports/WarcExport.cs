using System.Buffers;
using System.Text.Json;
using TrafficAudit.Evidence.Recording;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Exports;

/// <summary>
/// WARC/1.1, one gzip member a record, in the form that evidence has: any reader of WARC takes requests and responses from it, and an import of this
/// program takes everything. The chain is the file's own and begins with it; the records that its flows come from are named beside each flow.
/// </summary>
public sealed class WarcExport : IFlowExport
{
    /// <summary>A record beside a flow, about the flow's way here; readers of evidence pass over it.</summary>
    private const string ExportPart = "export";

    /// <summary>Where messages lie is said by number of segment; an export is none.</summary>
    private const int NoSegment = 0;

    private readonly SegmentFile _file;
    private readonly RecordChain _chain = RecordChain.Start();
    private readonly ArrayBufferWriter<byte> _lines = new();

    /// <summary>Begins the file.</summary>
    /// <param name="path">Where; there must be no file of this name.</param>
    /// <param name="info">What it says of itself.</param>
    /// <param name="name">What it will be called; null for its present name.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public WarcExport(string path, ExportInfo info, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(info);
        _file = new SegmentFile(new CaseFile(path).OpenToWrite(FileMode.CreateNew), 0);
        var lines = new EvidenceOptions
        {
            Software = info.Software,
            Provenance =
            [
                new("description", info.Sentence), new("filter", info.Filter), new("redacted", info.Redacted ? "yes" : "no"),
                new("chain", "of this file alone; the records of the evidence are named in the records with TA-Part: export"),
            ],
        };
        var block = new WarcBlock(WarcInfo.Block(info.Case, lines));
        Write(new WarcRecordDraft("warcinfo", info.Created, "application/warc-fields", block, [(WarcHeaders.FileName, name ?? Path.GetFileName(path))]));
        var json = JsonSerializer.SerializeToUtf8Bytes(info, ExportJson.Default.ExportInfo);
        Write(new WarcRecordDraft(
            "metadata", info.Created, "application/json", new WarcBlock(json), [(WarcHeaders.TargetUri, "urn:trafficaudit:export"), (WarcHeaders.Part, ExportPart)]));
    }

    /// <inheritdoc/>
    public void Add(ExportedFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var record = flow.Flow;
        var open = OpenFlow.Of(record);
        foreach (var batch in MessageBatches.Of(record.Messages))
        {
            _lines.ResetWrittenCount();
            MessageLines.Write(_lines, batch);
            var (start, totals, last) = (_file.Position, BatchTotals.Of(batch), batch[^1].Time);
            Write(FlowDrafts.Messages(open, _lines.WrittenMemory, totals, last));
            open.Add(new StoredBatch(NoSegment, start, totals), last);
        }

        foreach (var draft in FlowDrafts.Of(record, record.Messages is null ? null : open.Batches))
        {
            Write(draft);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(flow.Notes, ExportJson.Default.FlowNotes);
        Write(new WarcRecordDraft(
            "metadata", record.Metadata.Started, "application/json", new WarcBlock(json), [(WarcHeaders.TargetUri, open.Uri), (WarcHeaders.Part, ExportPart)],
            record.Metadata.Number));
    }

    /// <inheritdoc/>
    public void Complete() => _file.Commit();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Write(WarcRecordDraft draft) => WarcRecordWriter.Write(_file, draft, _chain);
}
