using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Columns;

/// <summary>
/// A segment's columns as they were at one moment: later flows are invisible to it. It may be read by any thread for any time, and
/// costs nothing to take.
/// </summary>
internal sealed record SegmentSnapshot(SegmentTable Table, NumberDirectory Directory, int Rows, SegmentTotals Totals)
{
    public ref readonly FlowRow this[int row] => ref Table.Rows[row];

    public int Find(long number) => Directory.Find(number, Rows);

    public Endpoint Endpoint(in FlowRow row) => Table.Endpoints[row.Endpoint];

    public FlowContext Context(in FlowRow row) => Table.Contexts[row.Context];

    public string Text(int number) => Table.Texts[number];

    public ref readonly FindingRow Finding(int finding) => ref Table.Findings[finding];

    public FlowSummary Summary(int index)
    {
        ref readonly var row = ref this[index];
        var endpoint = Endpoint(row);
        var context = Context(row);
        return new FlowSummary
        {
            Number = row.Number,
            Kind = (FlowKind)row.Kind,
            Time = new DateTimeOffset(row.Time, TimeSpan.Zero),
            Duration = row.Duration == FlowRow.NoDuration ? null : TimeSpan.FromTicks(row.Duration),
            Connection = row.Connection == FlowRow.NoConnection ? null : row.Connection,
            Session = context.Session,
            Phase = context.Phase,
            Device = context.Device,
            LabPosition = context.LabPosition,
            Method = Text(row.Method),
            Scheme = endpoint.Scheme,
            Host = endpoint.Host,
            Port = endpoint.Port,
            Path = Text(row.Path),
            Status = row.Status == FlowRow.NoStatus ? null : row.Status,
            MediaType = Text(row.MediaType),
            BytesSent = row.BytesSent,
            BytesReceived = row.BytesReceived,
            Messages = row.Messages,
            UnkeptSent = row.UnkeptSent,
            UnkeptReceived = row.UnkeptReceived,
            Address = endpoint.Address,
            Country = endpoint.Country,
            CountryGrade = endpoint.Grade,
            IsResolvedLater = endpoint.IsResolvedLater,
            Recipient = endpoint.Recipient,
            RecipientCountry = endpoint.RecipientCountry,
            GroupCountry = endpoint.GroupCountry,
            Carrier = endpoint.Carrier,
            Cloaks = endpoint.Cloaks,
            Failure = row.Failure == FlowRow.NoFailure ? null : (FlowFailure)row.Failure,
            DecodingTruncated = row.PartlyRead.HasFlag(PartlyReadCauses.DecodingTruncated),
            CaptureTruncated = row.PartlyRead.HasFlag(PartlyReadCauses.CaptureLimit),
            MessagesUnreadable = row.PartlyRead.HasFlag(PartlyReadCauses.MessagesUnreadable),
            IsErased = row.IsErased != 0,
        };
    }
}

/// <summary>What a segment's flows add up to.</summary>
/// <param name="Flows">Flows.</param>
/// <param name="Findings">Findings that count (not by pattern alone).</param>
/// <param name="Failures">Flows with a failure.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SegmentTotals(int Flows, int Findings, int Failures)
{
    public SegmentTotals Plus(in SegmentTotals other) => new(Flows + other.Flows, Findings + other.Findings, Failures + other.Failures);

    public SegmentTotals Minus(in SegmentTotals other) => new(Flows - other.Flows, Findings - other.Findings, Failures - other.Failures);
}
