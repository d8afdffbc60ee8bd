using TrafficAudit.Index.Columns;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Queries;

/// <summary>
/// Groups findings to transfers. A finding takes part when it says that a recipient got the item:
/// it counts (not by pattern alone), it was collected (what a server gives back is no transfer to it), it is not zeroed (asked for,
/// but unavailable), and its request reached the server.
/// </summary>
internal static class TransferTable
{
    public static IReadOnlyList<Transfer> Of(IReadOnlyList<SegmentSnapshot> segments, FlowFilter filter)
    {
        var judgements = filter.Judgements;
        var groups = new Dictionary<(string Item, string Recipient, string? Country), TransferGroup>();
        // Item and endpoint decide the group, and are numbers within a segment: most findings need no text comparison.
        var known = segments.Select(_ => new Dictionary<(int Item, int Endpoint), TransferGroup>()).ToArray();
        using var cursor = FlowCursor.Ascending(segments, long.MinValue, judgesTransfers: true);
        while (cursor.MoveNext(filter))
        {
            ref readonly var row = ref cursor.Row;
            if (row.FindingCount == 0 || !Readings.IsDelivered(cursor.Failure, cursor.IsConnected))
            {
                continue;
            }

            var choice = filter.Choose(cursor, all: false);
            for (var i = row.FindingStart; i < row.FindingStart + row.FindingCount; i++)
            {
                ref readonly var finding = ref cursor.Segment.Finding(i);
                if (TakesPart(finding) && choice.Includes(cursor.Facts(finding)))
                {
                    var key = (finding.Item, row.Endpoint);
                    if (!known[cursor.SegmentIndex].TryGetValue(key, out var group))
                    {
                        group = GroupOf(cursor.Segment, finding.Item, row.Endpoint, groups);
                        known[cursor.SegmentIndex].Add(key, group);
                    }

                    var isRejected = !judgements.IsEmpty && judgements.OfFinding(row.Number, finding.Place).State == DecisionState.Rejected;
                    group.Add(row, cursor.Phase, cursor.LabPosition, finding.Confidence, isRejected);
                }
            }
        }

        return [.. groups.Values.Select(g => g.ToTransfer(judgements))
            .OrderBy(t => t.Item, StringComparer.Ordinal)
            .ThenBy(t => t.Recipient, StringComparer.Ordinal)
            .ThenBy(t => t.Country is null)
            .ThenBy(t => t.Country, StringComparer.Ordinal)];
    }

    private static bool TakesPart(in FindingRow finding) =>
        finding.IsCounted && finding.Direction == (byte)Direction.Collected && finding.State != (byte)FindingState.Zeroed;

    private static TransferGroup GroupOf(SegmentSnapshot segment, int item, int endpoint, Dictionary<(string, string, string?), TransferGroup> groups)
    {
        var name = segment.Text(item);
        var to = segment.Table.Endpoints[endpoint];
        var key = (name, to.Recipient, to.Country);
        if (!groups.TryGetValue(key, out var group))
        {
            group = new TransferGroup(name, to.Recipient, to.Country);
            groups.Add(key, group);
        }

        group.Add(to);
        return group;
    }
}

/// <summary>One transfer while it is being gathered; flows come in order of their numbers.</summary>
internal sealed class TransferGroup(string item, string recipient, string? country)
{
    private readonly SortedSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _destinations = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _carriers = new(StringComparer.Ordinal);
    private readonly List<long> _flows = [];
    private readonly Dictionary<string, (long Time, long Number)> _phases = [];
    private CountryGrade _grade = CountryGrade.Confirmed;
    private Confidence _confidence = Confidence.Possible;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;
    private string? _recipientCountry;
    private string? _groupCountry;
    private long _findings;
    private long _rejectedFindings;
    private long _bytesSent;
    private bool _isResolvedLater;
    private GeoPosition? _lab;

    public void Add(Endpoint endpoint)
    {
        _recipientCountry = Either(_recipientCountry, endpoint.RecipientCountry);
        _groupCountry = Either(_groupCountry, endpoint.GroupCountry);
        _isResolvedLater |= endpoint.IsResolvedLater;
        if (endpoint.Carrier is not null)
        {
            _carriers.Add(endpoint.Carrier);
        }

        _hosts.Add(endpoint.Host);
        if (endpoint.Address is not null)
        {
            _destinations.Add(endpoint.Address);
        }

        _grade = Weakness(endpoint.Grade) > Weakness(_grade) ? endpoint.Grade : _grade;
    }

    public void Add(in FlowRow row, string? phase, GeoPosition? lab, Confidence confidence, bool isRejected)
    {
        _findings++;
        _rejectedFindings += isRejected ? 1 : 0;
        _confidence = confidence < _confidence ? confidence : _confidence; // declared best first
        if (_flows.Count > 0 && _flows[^1] == row.Number)
        {
            return;
        }

        _flows.Add(row.Number);
        _bytesSent += row.BytesSent;
        _lab = lab ?? _lab;
        _first = Math.Min(_first, row.Time);
        _last = Math.Max(_last, row.Time);
        if (phase is not null && (!_phases.TryGetValue(phase, out var seen) || row.Time < seen.Time))
        {
            _phases[phase] = (row.Time, row.Number);
        }
    }

    public Transfer ToTransfer(IJudgements judgements) =>
        new(
            item,
            recipient,
            [.. _hosts],
            country,
            _grade,
            [.. _destinations],
            [.. _flows],
            new DateTimeOffset(_first, TimeSpan.Zero),
            new DateTimeOffset(_last, TimeSpan.Zero),
            [.. _phases.OrderBy(p => p.Value).Select(p => p.Key)],
            _confidence,
            Verdict: null)
        {
            RecipientCountry = _recipientCountry,
            GroupCountry = _groupCountry,
            Carriers = [.. _carriers],
            Findings = _findings,
            BytesSent = _bytesSent,
            LabPosition = _lab,
            IsResolvedLater = _isResolvedLater,
            Judgement = judgements.OfTransfer(item, recipient, country),
            RejectedFindings = _rejectedFindings,
        };

    /// <summary>Of two countries of one recipient, known by different hosts, always the same whichever came first.</summary>
    private static string? Either(string? one, string? other) => one is null || string.CompareOrdinal(other, one) < 0 ? other ?? one : one;

    /// <summary>The order of the design (destinations, "Server country"): confirmed, located, disputed, edge, unknown.</summary>
    private static int Weakness(CountryGrade grade) => grade switch
    {
        CountryGrade.Confirmed => 0,
        CountryGrade.Located => 1,
        CountryGrade.Disputed => 2,
        CountryGrade.Edge => 3,
        _ => 4,
    };
}
