using TrafficAudit.Index.Columns;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Queries;

/// <summary>Counts what could be read, per host and in all, from the columns alone: no evidence is opened for it.</summary>
internal static class CoverageTable
{
    public static Coverage Of(IReadOnlyList<SegmentSnapshot> segments, FlowFilter filter)
    {
        var total = new CoverageGroup();
        var hosts = new Dictionary<string, CoverageGroup>(StringComparer.Ordinal);
        var sessions = new Dictionary<string, int>(StringComparer.Ordinal);

        // Endpoint and context are numbers within a segment: most flows need no text comparison.
        var knownHosts = segments.Select(_ => new Dictionary<int, CoverageGroup>()).ToArray();
        var knownSessions = segments.Select(_ => new Dictionary<int, int>()).ToArray();
        using var cursor = FlowCursor.Ascending(segments, long.MinValue);
        while (cursor.MoveNext(filter))
        {
            ref readonly var row = ref cursor.Row;
            if (!knownHosts[cursor.SegmentIndex].TryGetValue(row.Endpoint, out var host))
            {
                host = GetOrAdd(hosts, cursor.Host, static _ => new CoverageGroup());
                knownHosts[cursor.SegmentIndex].Add(row.Endpoint, host);
            }

            if (!knownSessions[cursor.SegmentIndex].TryGetValue(row.Context, out var session))
            {
                session = GetOrAdd(sessions, cursor.Session ?? "", static s => s.Count);
                knownSessions[cursor.SegmentIndex].Add(row.Context, session);
            }

            var reading = cursor.Reading;
            total.Add(row, session, reading);
            host.Add(row, session, reading);
        }

        // Connections before bytes: one that the app refused has none, and hides the most.
        return new Coverage(
            total.ToCounts(),
            [.. hosts.Select(h => new HostCoverage(h.Key, h.Value.ToCounts()))
                .OrderByDescending(h => h.Counts.ConnectionsUnread)
                .ThenByDescending(h => h.Counts.BytesUnreadSent + h.Counts.BytesUnreadReceived)
                .ThenByDescending(h => h.Counts.ConnectionsFailed)
                .ThenByDescending(h => h.Counts.ConnectionsRead)
                .ThenByDescending(h => h.Counts.ExchangesRead)
                .ThenBy(h => h.Host, StringComparer.Ordinal)]);
    }

    private static T GetOrAdd<T>(Dictionary<string, T> values, string key, Func<Dictionary<string, T>, T> make)
    {
        if (!values.TryGetValue(key, out var value))
        {
            value = make(values);
            values.Add(key, value);
        }

        return value;
    }
}
