using System.Text.Json;
using TrafficAudit.Evidence.Recording;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Exports;

/// <summary>A line of <c>pages.jsonl</c> (WACZ 1.1.1, section 5.2.2).</summary>
internal static class WaczPage
{
    public static string Heading => """{"format":"json-pages-1.0","id":"pages","title":"HTML documents"}""";

    /// <summary>The line of a flow that a browser would show as a page; null for any other.</summary>
    public static string? Of(FlowRecord flow)
    {
        if (flow.Request is not { } request || flow.Response is not { } response || HttpHead.Parse(request.Head.Span).Method != "GET")
        {
            return null;
        }

        var head = HttpHead.Parse(response.Head.Span);
        if (head.Status != 200 || head.MediaType is not ("text/html" or "application/xhtml+xml"))
        {
            return null;
        }

        var url = FlowDrafts.TargetUri(flow);
        return $$"""{"id":"{{flow.Metadata.Number}}","url":{{JsonSerializer.Serialize(url, WaczJson.Default.String)}},"ts":"{{WarcHeaders.DateOf(flow.Metadata.Started)}}"}""";
    }
}
