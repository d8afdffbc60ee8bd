using TrafficAudit.Evidence.Recording;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Exports;

/// <summary>What an entry of a HAR says was asked for.</summary>
/// <param name="Method">The method; <c>CONNECT</c> for a connection that could not be read.</param>
/// <param name="Url">An absolute URL.</param>
/// <param name="Query">The query's pairs as they were sent.</param>
internal sealed record HarTarget(string Method, string Url, IReadOnlyList<HeaderField> Query)
{
    public static HarTarget Of(FlowRecord flow, HttpHead? head)
    {
        var m = flow.Metadata;
        if (head is null)
        {
            var host = m.Host.Length == 0 ? m.Upstream?.Address ?? "unknown.invalid" : m.Host;
            host = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
            return new HarTarget("CONNECT", m.Port == 0 ? $"https://{host}/" : $"https://{host}:{m.Port}/", []);
        }

        // A URN stands where the client named no host (FlowDrafts).
        var url = FlowDrafts.TargetUri(flow);
        url = url.StartsWith("urn:", StringComparison.Ordinal) ? "https://unknown.invalid/" : url;
        return new HarTarget(head.Method.Length == 0 ? "GET" : head.Method, url, Pairs(url));
    }

    private static List<HeaderField> Pairs(string url)
    {
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        var pairs = new List<HeaderField>();
        foreach (var pair in mark < 0 ? [] : url[(mark + 1)..].Split('#')[0].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            pairs.Add(equals < 0 ? new HeaderField(pair, "") : new HeaderField(pair[..equals], pair[(equals + 1)..]));
        }

        return pairs;
    }
}
