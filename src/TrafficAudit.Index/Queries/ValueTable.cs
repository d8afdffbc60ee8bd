using System.Runtime.InteropServices;
using TrafficAudit.Index.Columns;
using TrafficAudit.Index.Filtering;

namespace TrafficAudit.Index.Queries;

/// <summary>
/// Counts in how many flows values occur. Within a segment a value is a number, so that counting compares no text: each distinct one is looked at once.
/// </summary>
internal static class ValueTable
{
    public static IReadOnlyList<OccurringValue> Of(IReadOnlyList<SegmentSnapshot> segments, FilterColumn column, string pattern, int limit)
    {
        var wanted = TextPattern.Wildcard(pattern);
        var flows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var segment in segments)
        {
            var counts = Counts(segment, column);
            for (var number = 0; number < counts.Length; number++)
            {
                if (counts[number] > 0 && Text(segment.Table, column, number) is { Length: > 0 } text && wanted.Matches(text))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(flows, text, out _) += counts[number];
                }
            }
        }

        return [.. flows.OrderByDescending(f => f.Value).ThenBy(f => f.Key, StringComparer.Ordinal).Take(limit).Select(f => new OccurringValue(f.Key, f.Value))];
    }

    private static long[] Counts(SegmentSnapshot segment, FilterColumn column)
    {
        var counts = Array.Empty<long>();
        var lastFlows = Array.Empty<long>();
        foreach (var index in segment.Directory.Ascending(long.MinValue, segment.Rows))
        {
            ref readonly var row = ref segment[index];
            switch (column)
            {
                case FilterColumn.Item:
                    CountItems(segment, row, ref counts, ref lastFlows);
                    break;
                case FilterColumn.Method:
                    At(ref counts, row.Method)++;
                    break;
                case FilterColumn.Device or FilterColumn.Phase or FilterColumn.Session:
                    At(ref counts, row.Context)++;
                    break;
                default:
                    At(ref counts, row.Endpoint)++;
                    break;
            }
        }

        return counts;
    }

    /// <summary>An item counts once in a flow, however often it is found.</summary>
    private static void CountItems(SegmentSnapshot segment, in FlowRow row, ref long[] counts, ref long[] lastFlows)
    {
        for (var i = row.FindingStart; i < row.FindingStart + row.FindingCount; i++)
        {
            ref readonly var finding = ref segment.Finding(i);
            ref var last = ref At(ref lastFlows, finding.Item);
            if (finding.IsCounted && last != row.Number)
            {
                last = row.Number;
                At(ref counts, finding.Item)++;
            }
        }
    }

    private static ref long At(ref long[] counts, int number)
    {
        if (number >= counts.Length)
        {
            Array.Resize(ref counts, Math.Max(number + 1, counts.Length * 2));
        }

        return ref counts[number];
    }

    private static string? Text(SegmentTable table, FilterColumn column, int number) => column switch
    {
        FilterColumn.Item or FilterColumn.Method => table.Texts[number],
        FilterColumn.Device => table.Contexts[number].Device,
        FilterColumn.Phase => table.Contexts[number].Phase,
        FilterColumn.Session => table.Contexts[number].Session,
        _ => Text(table.Endpoints[number], column),
    };

    private static string? Text(Endpoint endpoint, FilterColumn column) => column switch
    {
        FilterColumn.Address => endpoint.Address,
        FilterColumn.Carrier => endpoint.Carrier,
        FilterColumn.Cloaks => endpoint.Cloaks,
        FilterColumn.Country => endpoint.Country,
        FilterColumn.GroupCountry => endpoint.GroupCountry,
        FilterColumn.Host => endpoint.Host,
        FilterColumn.Recipient => endpoint.Recipient,
        FilterColumn.RecipientCountry => endpoint.RecipientCountry,
        FilterColumn.Scheme => endpoint.Scheme,
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "no such column"),
    };
}
