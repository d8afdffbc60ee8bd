using System.Collections.Immutable;
using System.Text;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>Makes a flow of the messages of one exchange.</summary>
internal static class ArchivedFlow
{
    /// <summary>Makes the flow; at least one message must be there, and belongs to the flow from then on.</summary>
    /// <exception cref="UnusableEntryException">The target is no URL of the network, or a date is missing.</exception>
    public static FlowRecord Build(ArchivedMessage? request, ArchivedMessage? response)
    {
        var record = (request ?? response)!.Record;
        var url = ImportedUrl.Parse(record.TargetUri, WarcHeaders.TargetUri);
        request ??= AssumedRequest(record, url);
        var status = response?.Parsed.Status;
        var hasBody = request.Parsed.Method != "HEAD" && status is not (< 200 or 204 or 304);
        ImmutableArray<FlowNote> notes = [.. request.Notes, .. response?.Notes ?? [], .. Mismatch(request, response)];
        var address = ImportedValue.Address(request.Record[WarcHeaders.IpAddress] ?? response?.Record[WarcHeaders.IpAddress]);
        var isWebSocket = status == 101 && string.Equals(response!.Parsed["Upgrade"], "websocket", StringComparison.OrdinalIgnoreCase);
        var metadata = new FlowMetadata
        {
            Number = 0,
            Kind = isWebSocket ? FlowKind.WebSocket : FlowKind.Http,
            Started = record.Time(),
            Origin = "warc",
            Scheme = url.Scheme,
            Host = url.Host,
            Port = url.Port,
            Upstream = address is null ? null : Upstream(address, url.Port, (response ?? request).Record, response?.Parsed ?? request.Parsed),
            Resolution = address is null ? null : new NameResolution("file", [address]),
            Request = request.Facts(hasBody: true),
            Response = response?.Facts(hasBody),
            Upgrade = isWebSocket ? "websocket" : null,
            FailureDetail = response is null ? "The imported file has no response." : null,
            Notes = notes.IsEmpty ? null : notes,
        };
        return new FlowRecord(
            metadata, new Message(request.Head, request.Body.Kept), response is null ? null : new Message(response.Head, response.Body.Kept));
    }

    /// <summary>What was fetched without a word on how, as a response.</summary>
    /// <exception cref="UnusableEntryException">The type can't stand in a head.</exception>
    public static ArchivedMessage OfResource(ArchivedRecord record, string spoolFolder, CancellationToken cancellation)
    {
        var type = record[WarcHeaders.ContentType] ?? "application/octet-stream";
        if (type.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new UnusableEntryException("Content-Type can't stand in a head");
        }

        var body = SpooledBody.Read(record.Block(), spoolFolder, cancellation);
        var head = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n\r\n");
        return new ArchivedMessage(record, head, body, record[WarcHeaders.Truncated] is null, null, record.Digest?.Fits() ?? true)
        {
            Notes = [FlowNote.ResponseAssumed],
        };
    }

    private static ArchivedMessage AssumedRequest(ArchivedRecord record, ImportedUrl url)
    {
        var head = Encoding.ASCII.GetBytes($"GET {url.Target} HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n");
        return new ArchivedMessage(record, head, SpooledBody.Empty, true, null, true) { Notes = [FlowNote.RequestAssumed] };
    }

    private static ImmutableArray<FlowNote> Mismatch(ArchivedMessage request, ArchivedMessage? response) =>
        request.FitsDigest && response?.FitsDigest != false ? [] : [FlowNote.DigestMismatch];

    private static Peer Upstream(string address, int port, ArchivedRecord record, HttpHead head)
    {
        string? version = null, tls = null;
        foreach (var protocol in record.All(WarcHeaders.Protocol))
        {
            version = ImportedValue.HttpVersion(protocol) ?? version;
            tls = protocol.StartsWith("tls/", StringComparison.OrdinalIgnoreCase) ? $"TLSv{protocol[4..]}" : tls;
        }

        version ??= ImportedValue.HttpVersion(head.StartLine.Split(' ')[0]);
        var session = tls is not null && record[WarcHeaders.CipherSuite] is { } cipher ? new TlsSession(tls, cipher, []) : null;
        return new Peer(address, port, version, session);
    }
}
