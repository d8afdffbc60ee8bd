using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Recording;

/// <summary>
/// The segment that is being written. What is appended counts only after <see cref="Commit"/>; when appending fails, everything since
/// is taken back, so that the file always ends with a whole record.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly SegmentFile _file;
    private RecordChain _committedChain;
    private long _committedLength;

    private SegmentWriter(StoredFile file, int number, long length, int flows, RecordChain chain)
    {
        _file = new SegmentFile(file, length);
        Number = number;
        Flows = flows;
        Chain = chain;
        _committedChain = chain.Copy();
        _committedLength = length;
    }

    public int Number { get; }

    public int Flows { get; private set; }

    public RecordChain Chain { get; private set; }

    /// <summary>Where the next record goes.</summary>
    public long Position => _file.Position;

    /// <summary>Goes on with a segment of known state.</summary>
    public static SegmentWriter Continue(CaseFolder folder, int number, long length, int flows, RecordChain chain) =>
        new(folder.Segment(number).OpenToWrite(FileMode.Open), number, length, flows, chain);

    /// <summary>Starts a segment with its <c>warcinfo</c>, on disk when the segment is committed.</summary>
    public static SegmentWriter Create(CaseFolder folder, int number, RecordChain chain, EvidenceOptions options, DateTimeOffset now)
    {
        var file = folder.Segment(number);
        var writer = new SegmentWriter(file.OpenToWrite(FileMode.CreateNew), number, 0, 0, chain);
        var block = new WarcBlock(WarcInfo.Block(folder.Info.Name, options));
        writer.Append(new WarcRecordDraft("warcinfo", now, "application/warc-fields", block, [(WarcHeaders.FileName, CaseFolder.SegmentName(number))]));
        return writer;
    }

    public void Append(WarcRecordDraft draft)
    {
        WarcRecordWriter.Write(_file, draft, Chain);
        _file.EndRecord(draft.Type);
    }

    public void CountFlow() => Flows++;

    /// <summary>Brings what was appended to the disk.</summary>
    public void Commit()
    {
        _file.Commit();
        _committedLength = _file.Position;
        _committedChain = Chain.Copy();
    }

    /// <summary>Takes back what was appended since the last commit.</summary>
    public void TakeBack()
    {
        Chain = _committedChain.Copy();
        _file.CutTo(_committedLength);
    }

    public void Dispose() => _file.Dispose();
}
