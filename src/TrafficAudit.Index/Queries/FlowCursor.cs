using System.Collections.Immutable;
using TrafficAudit.Index.Columns;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Queries;

/// <summary>
/// Walks the flows of all segments in order of their numbers. Segments overlap a little (a long flow ends in a later segment than it
/// began), so the next flow is the best of what the segments offer. For one thread.
/// </summary>
internal sealed class FlowCursor : IFlowFacts, IDisposable
{
    private readonly SegmentSnapshot[] _segments;
    private readonly IEnumerator<int>[] _rows;
    private readonly bool[] _open;
    private readonly bool _descending;
    private int _current = -1;
    private SegmentSnapshot _segment = null!;
    private int _row;

    private FlowCursor(IReadOnlyList<SegmentSnapshot> segments, bool descending, Func<SegmentSnapshot, IEnumerable<int>> rows)
    {
        _segments = [.. segments];
        _descending = descending;
        _rows = [.. _segments.Select(s => rows(s).GetEnumerator())];
        _open = [.. _rows.Select(r => r.MoveNext())];
    }

    /// <summary>Whether filters ask for the judgement of the transfer that a finding belongs to, and not for its own.</summary>
    public bool JudgesTransfers { get; init; }

    public SegmentSnapshot Segment => _segment;

    /// <summary>Which of the snapshots given the flow is in.</summary>
    public int SegmentIndex => _current;

    public ref readonly FlowRow Row => ref _segment[_row];

    public FlowSummary Summary => _segment.Summary(_row);

    public long Number => Row.Number;

    public DateTime Time => new(Row.Time, DateTimeKind.Utc);

    public FlowKind Kind => (FlowKind)Row.Kind;

    public Reading Reading => Readings.Of(Kind, Failure, IsConnected, Scheme);

    public string Method => _segment.Text(Row.Method);

    public string Host => _segment.Endpoint(Row).Host;

    public string Path => _segment.Text(Row.Path);

    public int? Status => Row.Status == FlowRow.NoStatus ? null : Row.Status;

    public long BytesSent => Row.BytesSent;

    public long BytesReceived => Row.BytesReceived;

    public string? Address => _segment.Endpoint(Row).Address;

    public string? Country => _segment.Endpoint(Row).Country;

    public CountryGrade Grade => _segment.Endpoint(Row).Grade;

    public string Recipient => _segment.Endpoint(Row).Recipient;

    public string? RecipientCountry => _segment.Endpoint(Row).RecipientCountry;

    public string? GroupCountry => _segment.Endpoint(Row).GroupCountry;

    public string? Carrier => _segment.Endpoint(Row).Carrier;

    public string? Cloaks => _segment.Endpoint(Row).Cloaks;

    public string? Session => _segment.Context(Row).Session;

    public string? Phase => _segment.Context(Row).Phase;

    public string? Device => _segment.Context(Row).Device;

    public GeoPosition? LabPosition => _segment.Context(Row).LabPosition;

    public FlowFailure? Failure => Row.Failure == FlowRow.NoFailure ? null : (FlowFailure)Row.Failure;

    public string Scheme => _segment.Endpoint(Row).Scheme;

    public bool IsConnected => Address is not null;

    public static FlowCursor Ascending(IReadOnlyList<SegmentSnapshot> segments, long after, bool judgesTransfers = false) =>
        new(segments, descending: false, s => s.Directory.Ascending(after, s.Rows)) { JudgesTransfers = judgesTransfers };

    public static FlowCursor Descending(IReadOnlyList<SegmentSnapshot> segments, long before) =>
        new(segments, descending: true, s => s.Directory.Descending(before, s.Rows));

    /// <summary>One that walks nowhere but is moved from flow to flow.</summary>
    public static FlowCursor Resting(IReadOnlyList<SegmentSnapshot> segments) => new(segments, descending: false, _ => []);

    /// <summary>Goes to a flow; false when there is none of the number. Only for a cursor at rest.</summary>
    public bool MoveTo(long number)
    {
        for (var i = _segments.Length - 1; i >= 0; i--)
        {
            if (_segments[i].Find(number) is >= 0 and var row)
            {
                (_segment, _row) = (_segments[i], row);
                return true;
            }
        }

        return false;
    }

    public bool MoveNext()
    {
        if (_current >= 0)
        {
            _open[_current] = _rows[_current].MoveNext();
        }

        _current = -1;
        var best = 0L;
        for (var i = 0; i < _segments.Length; i++)
        {
            if (_open[i])
            {
                var number = _segments[i][_rows[i].Current].Number;
                if (_current < 0 || (_descending ? number > best : number < best))
                {
                    (_current, best) = (i, number);
                }
            }
        }

        if (_current < 0)
        {
            return false;
        }

        _segment = _segments[_current];
        _row = _rows[_current].Current;
        return true;
    }

    /// <summary>Goes on to the next flow that a filter lets through.</summary>
    public bool MoveNext(FlowFilter filter, bool all = false)
    {
        while (MoveNext())
        {
            if (filter.Matches(this, all))
            {
                return true;
            }
        }

        return false;
    }

    public bool HasFinding(FindingTerm term, bool all)
    {
        for (var i = Row.FindingStart; i < Row.FindingStart + Row.FindingCount; i++)
        {
            ref readonly var finding = ref _segment.Finding(i);
            if ((all || finding.IsCounted) && term.Matches(Facts(finding)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The items of the flow's counted findings, each once.</summary>
    public ImmutableArray<string> Items()
    {
        var items = ImmutableArray.CreateBuilder<string>();
        for (var i = Row.FindingStart; i < Row.FindingStart + Row.FindingCount; i++)
        {
            ref readonly var finding = ref _segment.Finding(i);
            if (finding.IsCounted && _segment.Text(finding.Item) is var item && !items.Contains(item))
            {
                items.Add(item);
            }
        }

        return items.ToImmutable();
    }

    public FindingFacts Facts(in FindingRow finding) =>
        new(_segment.Text(finding.Item), (Detector)finding.Detector, (FindingState)finding.State, finding.Confidence, Judged(finding));

    private JudgedSubject Judged(in FindingRow finding)
    {
        if (!JudgesTransfers)
        {
            return JudgedSubject.OfFinding(Number, finding.Place);
        }

        var to = _segment.Endpoint(Row);
        return JudgedSubject.OfTransfer(_segment.Text(finding.Item), to.Recipient, to.Country);
    }

    public void Dispose()
    {
        foreach (var rows in _rows)
        {
            rows.Dispose();
        }
    }
}
