using System.Text.Json;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>A flow as the records that it is written as: request, response, metadata. The metadata record comes last and completes it.</summary>
internal static class FlowDrafts
{
    private const string RequestType = "application/http;msgtype=request";
    private const string ResponseType = "application/http;msgtype=response";

    public static IEnumerable<WarcRecordDraft> Of(FlowRecord flow, IReadOnlyList<StoredBatch>? batches)
    {
        var m = flow.Metadata;
        var uri = TargetUri(flow);
        string? first = null;
        ReadOnlyMemory<byte> requestHead = default, responseHead = default;
        if (flow.Request is { } request)
        {
            requestHead = BlockHead.Of(request.Head);
            var draft = Draft("request", m, RequestType, new WarcBlock(requestHead, request.Body), Fields(m, m.Request, uri, first));
            first = draft.Id;
            yield return draft;
        }

        if (flow.Response is { } response)
        {
            responseHead = BlockHead.Of(response.Head);
            var draft = Draft("response", m, ResponseType, new WarcBlock(responseHead, response.Body), Fields(m, m.Response, uri, first));
            first ??= draft.Id;
            yield return draft;
        }

        var stored = new StoredMetadata
        {
            Flow = m,
            RequestHeadLength = flow.Request is null ? null : requestHead.Length,
            ResponseHeadLength = flow.Response is null ? null : responseHead.Length,
            ExactRequestHead = Exact(flow.Request, requestHead),
            ExactResponseHead = Exact(flow.Response, responseHead),
            Batches = batches,
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(stored, EvidenceJson.Default.StoredMetadata);
        var fields = Fields(m, null, uri, first);
        if (first is null && m.Upstream is { } upstream)
        {
            fields.Add((WarcHeaders.IpAddress, upstream.Address));
        }

        yield return Draft("metadata", m, "application/json", new WarcBlock(json), fields);
    }

    /// <summary>A flow that lasts, as far as it is known at <paramref name="time"/>.</summary>
    public static WarcRecordDraft Opening(OpenFlow open, DateTimeOffset time)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(open.Stored, EvidenceJson.Default.StoredOpening);
        return Draft("metadata", open.Stored.Flow, "application/json", new WarcBlock(json), Fields(open, WarcHeaders.OpeningPart)) with { Date = time };
    }

    /// <summary>The next messages of a flow that lasts.</summary>
    /// <param name="open">The flow.</param>
    /// <param name="lines">The messages, see <see cref="MessageLines"/>.</param>
    /// <param name="totals">What they add up to.</param>
    /// <param name="time">When the last of them came.</param>
    public static WarcRecordDraft Messages(OpenFlow open, ReadOnlyMemory<byte> lines, BatchTotals totals, DateTimeOffset time)
    {
        var fields = Fields(open, WarcHeaders.MessagesPart);
        fields.Add((WarcHeaders.Messages, totals.ToString()));
        return Draft("metadata", open.Stored.Flow, MessageLines.ContentType, new WarcBlock(lines), fields) with { Date = time };
    }

    /// <summary>The flow's target as its records name it.</summary>
    public static string TargetUri(FlowRecord flow) => WarcHeaders.Uri(UriOf(flow));

    public static WarcRecordDraft Of(JournalEntry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new StoredJournalEntry(entry.Kind, entry.Time, entry.Content), EvidenceJson.Default.StoredJournalEntry);
        return new WarcRecordDraft(
            "metadata",
            entry.Time,
            "application/json",
            new WarcBlock(json),
            [(WarcHeaders.TargetUri, WarcHeaders.Uri($"urn:trafficaudit:journal:{entry.Kind}")), (WarcHeaders.Journal, entry.Kind)]);
    }

    private static WarcRecordDraft Draft(
        string type, FlowMetadata m, string contentType, WarcBlock block, List<(string Name, string Value)> fields) =>
        new(type, m.Started, contentType, block, fields, m.Number);

    private static List<(string Name, string Value)> Fields(OpenFlow open, string part) =>
        [(WarcHeaders.TargetUri, open.Uri), (WarcHeaders.Part, part)];

    private static List<(string Name, string Value)> Fields(FlowMetadata m, MessageFacts? facts, string uri, string? concurrentTo)
    {
        var fields = new List<(string Name, string Value)>(8) { (WarcHeaders.TargetUri, uri) };
        if (concurrentTo is not null)
        {
            fields.Add((WarcHeaders.ConcurrentTo, concurrentTo));
        }

        if (facts is null)
        {
            return fields;
        }

        if (m.Upstream is { } upstream)
        {
            fields.Add((WarcHeaders.IpAddress, upstream.Address));
            AddProtocols(fields, upstream);
        }

        if (facts.BodyCaptured < facts.BodyLength)
        {
            fields.Add((WarcHeaders.Truncated, "length"));
        }
        else
        {
            fields.Add((WarcHeaders.PayloadDigest, "sha256:" + facts.BodySha256));
            if (!facts.Complete)
            {
                fields.Add((WarcHeaders.Truncated, "disconnect"));
            }
        }

        return fields;
    }

    /// <summary>Protocol tokens as the WARC community's proposal has them: <c>h2</c>, <c>http/1.1</c>, <c>tls/1.3</c>.</summary>
    private static void AddProtocols(List<(string Name, string Value)> fields, Peer upstream)
    {
        if (upstream.HttpVersion is { } version)
        {
            fields.Add((WarcHeaders.Protocol, version switch { "HTTP/2" => "h2", "HTTP/3" => "h3", _ => version.ToLowerInvariant() }));
        }

        if (upstream.Tls is { } tls)
        {
            fields.Add((WarcHeaders.Protocol, tls.Version.Replace("TLSv", "tls/", StringComparison.Ordinal)));
            fields.Add((WarcHeaders.CipherSuite, tls.CipherSuite));
        }
    }

    private static byte[]? Exact(Message? message, ReadOnlyMemory<byte> written) =>
        message is null || message.Head.Equals(written) ? null : message.Head.ToArray();

    private static string UriOf(FlowRecord flow)
    {
        var m = flow.Metadata;
        if (m.Host.Length == 0)
        {
            return $"urn:trafficaudit:flow:{m.Number}";
        }

        var host = m.Host.Contains(':', StringComparison.Ordinal) ? $"[{m.Host}]" : m.Host;
        var port = (m.Scheme, m.Port) is ("https", 443) or ("http", 80) or (_, 0) ? "" : $":{m.Port}";
        var target = flow.Request is { } request ? TargetOf(request.Head.Span) : "/";
        return target.StartsWith('/') ? $"{m.Scheme}://{host}{port}{target}"
            : target.Contains("://", StringComparison.Ordinal) ? target
            : $"{m.Scheme}://{host}{port}/";
    }

    private static string TargetOf(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        return HttpHead.Parse(end < 0 ? head : head[..end]).Target;
    }
}
