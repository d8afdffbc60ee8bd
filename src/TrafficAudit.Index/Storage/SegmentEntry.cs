using TrafficAudit.Index.Columns;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Storage;

/// <summary>One segment: its columns in memory and what its file holds of them. A reset makes a new one.</summary>
internal sealed class SegmentEntry(int segment, string analysisVersion, SegmentTable table, FileState? file)
{
    private readonly Lock _gate = new();
    private int _unwritten;
    private volatile bool _lost;

    public int Segment => segment;

    public string AnalysisVersion => analysisVersion;

    public SegmentTable Table => table;

    /// <summary>True when the file was given up: what is in memory stays readable, whole flows do not.</summary>
    public bool IsLost => _lost;

    /// <summary>Up to where the segment is covered, written or not.</summary>
    public long EvidenceLength { get; private set; } = file?.EvidenceLength ?? 0;

    /// <summary>What the file holds; null when there is none. For the owner of the files alone.</summary>
    public FileState? File { get; set; } = file;

    /// <summary>Whether the file changed since its columns were stored. For the owner of the files alone.</summary>
    public bool ColumnsAreStale { get; set; }

    public bool Holds(long number) => table.Snapshot.Find(number) >= 0;

    /// <summary>Adds a flow to the columns.</summary>
    public void Append(long offset, AnalyzedFlow flow)
    {
        lock (_gate)
        {
            table.Append(offset, flow);
            _unwritten++;
        }
    }

    public void Cover(long evidenceLength)
    {
        lock (_gate)
        {
            EvidenceLength = evidenceLength;
            _unwritten++;
        }
    }

    /// <summary>
    /// Notes how many of the additions and covers were written. That may come before they are in the columns; the count is below 0 then,
    /// which is as unsettled as above.
    /// </summary>
    public void Wrote(int count)
    {
        lock (_gate)
        {
            _unwritten -= count;
        }
    }

    public void Lose() => _lost = true;

    /// <summary>The columns, when they are exactly what was written; else null.</summary>
    public SegmentSnapshot? Settled()
    {
        lock (_gate)
        {
            return _unwritten == 0 ? table.Snapshot : null;
        }
    }
}
