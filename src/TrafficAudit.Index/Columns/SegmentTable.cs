using TrafficAudit.Model;

namespace TrafficAudit.Index.Columns;

/// <summary>
/// The columns of one evidence segment. <see cref="Append"/> and <see cref="Load"/> are called by one thread at a time;
/// <see cref="Snapshot"/> by anybody.
/// </summary>
internal sealed class SegmentTable
{
    private volatile SegmentSnapshot _snapshot;

    public SegmentTable() => _snapshot = new SegmentSnapshot(this, NumberDirectory.Empty, 0, default);

    public AppendOnlyList<FlowRow> Rows { get; } = new();

    public AppendOnlyList<FindingRow> Findings { get; } = new();

    public Interner<string> Texts { get; } = new();

    public Interner<Endpoint> Endpoints { get; } = new();

    public Interner<FlowContext> Contexts { get; } = new();

    public SegmentSnapshot Snapshot => _snapshot;

    /// <summary>Adds a flow; one with the same number is replaced.</summary>
    public void Append(long offset, AnalyzedFlow flow)
    {
        var start = Findings.Count;
        foreach (var finding in flow.Findings)
        {
            Findings.Add(new FindingRow
            {
                Place = PlaceDigest.Of(finding.Item, finding.Location),
                Item = Texts.NumberOf(finding.Item),
                Strength = (byte)finding.Strength,
                State = (byte)finding.State,
                Direction = (byte)finding.Direction,
                Detector = (byte)finding.Detector,
            });
        }

        var summary = flow.Summary;
        Load(new FlowRow
        {
            Number = summary.Number,
            Time = summary.Time.UtcTicks,
            Duration = summary.Duration?.Ticks ?? FlowRow.NoDuration,
            BytesSent = summary.BytesSent,
            BytesReceived = summary.BytesReceived,
            Messages = summary.Messages,
            UnkeptSent = summary.UnkeptSent,
            UnkeptReceived = summary.UnkeptReceived,
            Connection = summary.Connection ?? FlowRow.NoConnection,
            Offset = offset,
            Endpoint = Endpoints.NumberOf(Endpoint.Of(summary)),
            Context = Contexts.NumberOf(new FlowContext(summary.Session, summary.Phase, summary.Device, summary.LabPosition)),
            Method = Texts.NumberOf(summary.Method),
            Path = Texts.NumberOf(summary.Path),
            MediaType = Texts.NumberOf(summary.MediaType),
            Status = summary.Status ?? FlowRow.NoStatus,
            FindingStart = start,
            FindingCount = Findings.Count - start,
            Kind = (byte)summary.Kind,
            Failure = summary.Failure is { } failure ? (byte)failure : FlowRow.NoFailure,
            PartlyRead = (summary.CaptureTruncated ? PartlyReadCauses.CaptureLimit : PartlyReadCauses.None)
                | (summary.DecodingTruncated ? PartlyReadCauses.DecodingTruncated : PartlyReadCauses.None)
                | (summary.MessagesUnreadable ? PartlyReadCauses.MessagesUnreadable : PartlyReadCauses.None),
            IsErased = summary.IsErased ? (byte)1 : (byte)0,
        });
    }

    /// <summary>Adds a row whose findings are there already.</summary>
    public void Load(in FlowRow row)
    {
        var before = _snapshot;
        var totals = before.Totals.Plus(TotalsOf(row));
        var replaced = before.Find(row.Number);
        if (replaced >= 0)
        {
            totals = totals.Minus(TotalsOf(Rows[replaced]));
        }

        Rows.Add(row);
        _snapshot = new SegmentSnapshot(this, before.Directory.With(row.Number, before.Rows), before.Rows + 1, totals);
    }

    private SegmentTotals TotalsOf(in FlowRow row)
    {
        var counted = 0;
        for (var i = row.FindingStart; i < row.FindingStart + row.FindingCount; i++)
        {
            counted += Findings[i].IsCounted ? 1 : 0;
        }

        return new SegmentTotals(1, counted, row.Failure == FlowRow.NoFailure ? 0 : 1);
    }
}
