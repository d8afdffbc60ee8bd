using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>
/// Coverage in one sentence: <c>Read 93 of 120 connections (78 %), 12.4 of 15 MB; not read: 20 client_rejected_certificate (pinned.example), 7
/// bypassed (2 hosts).</c>
/// </summary>
internal static class CoverageText
{
    public static string Of(Coverage coverage)
    {
        var c = coverage.Total;
        var text = new StringBuilder();
        if (c.ReadPercent is { } percent)
        {
            var read = c.BytesReadSent + c.BytesReadReceived;
            var whole = read + c.BytesUnreadSent + c.BytesUnreadReceived;
            text.Append($"Read {c.ConnectionsRead:N0} of {c.ConnectionsRead + c.ConnectionsUnread:N0} connections ({percent} %), {ByteSize.OfWhole(read, whole)}");
        }
        else if (c.ExchangesImported > 0)
        {
            text.Append($"Read {c.ExchangesRead:N0} exchanges, {ByteSize.Of(c.BytesReadSent + c.BytesReadReceived)}");
        }
        else
        {
            text.Append("No connection carried anything");
        }

        Reasons(text, "not read", c.Unread, coverage, h => h.Unread);
        Reasons(text, "reached no server", c.Failed, coverage, h => h.Failed);
        Reasons(text, "read in part", c.PartlyRead, coverage, h => h.PartlyRead);
        if (c.ExchangesImported > 0)
        {
            text.Append($"; {Counted.Of(c.ExchangesImported, "exchange was", "exchanges were")} imported: of connections, and of what else passed, the file says nothing");
        }

        return text.Append('.').ToString();
    }

    private static void Reasons(
        StringBuilder text, string title, IReadOnlyList<CoverageReason> reasons, Coverage coverage, Func<CoverageCounts, IReadOnlyList<CoverageReason>> ofHost)
    {
        if (reasons.Count > 0)
        {
            text.Append($"; {title}: ").AppendJoin(", ", reasons.Select(r => $"{r.Count:N0} {r.Token}{Hosts(r.Token)}"));
        }

        string Hosts(string token)
        {
            var hosts = coverage.Hosts.Where(h => ofHost(h.Counts).Any(r => r.Token == token)).Select(h => h.Host).ToList();
            return hosts.Count != 1 ? $" ({hosts.Count:N0} hosts)" : hosts[0].Length == 0 ? "" : $" ({hosts[0]})";
        }
    }
}
