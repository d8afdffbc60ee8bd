using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Mitmproxy;

/// <summary>Makes a flow of an HTTP flow's state.</summary>
/// <param name="state">The dictionary.</param>
internal sealed class MitmFlow(TnetValue state)
{
    private readonly TnetValue _request = state["request"];
    private readonly TnetValue _response = state["response"];
    private readonly TnetValue _client = state["client_conn"];
    private readonly TnetValue _server = state["server_conn"];

    /// <summary>What a reader of the evidence should know about this flow.</summary>
    public List<string> Notes { get; } = [];

    /// <exception cref="UnusableEntryException">A part without which there is no flow is missing or wrong.</exception>
    public FlowRecord Build()
    {
        // 1. The parts that must be there.
        var started = _request["timestamp_start"].Time ?? throw new UnusableEntryException("request.timestamp_start is no time");
        var method = _request["method"].Text ?? "";
        if (!HttpText.IsToken(method))
        {
            throw new UnusableEntryException("request.method is missing or no HTTP method");
        }

        var url = Url(method);
        NoteReplay();

        // 2. The messages.
        var failure = ReportedFailure.Of(state["error"]["msg"].Text);
        var (request, requestFacts) = Message(_request, RequestHead(method, url), hasBody: true, isComplete: true);
        var hasResponse = _response["status_code"].Integer is >= 100 and <= 999;
        var (response, responseFacts) = hasResponse
            ? Message(_response, ResponseHead(), HasBody(method), isComplete: failure is null)
            : default((Message?, MessageFacts?));

        // 3. Everything else.
        var flow = new FlowRecord(
            Metadata(url, started) with
            {
                Request = requestFacts,
                Response = responseFacts,
                Failure = failure?.Failure,
                FailureDetail = failure?.Detail ?? (hasResponse ? null : "The imported file has no response."),
            },
            request,
            response);
        var webSocket = state["websocket"];
        return webSocket.IsNull
            ? flow
            : MitmMessages.Add(
                flow, webSocket["messages"], webSocket, webSocket["closed_by_client"].IsTrue, webSocket["timestamp_end"].Time);
    }

    private FlowMetadata Metadata(ImportedUrl url, DateTimeOffset started)
    {
        var ended = _response["timestamp_end"].Time ?? state["error"]["timestamp"].Time;
        var answered = _response["timestamp_start"].Time;
        var version = ImportedValue.HttpVersion(_request["http_version"].Text);
        var client = MitmConnection.PeerOf(_client, "address");
        var server = MitmConnection.PeerOf(_server, "ip_address");
        var isWebSocket = _response["status_code"].Integer == 101 && !state["metadata"]["websocket"].IsNull;
        return new FlowMetadata
        {
            Number = 0,
            Kind = isWebSocket ? FlowKind.WebSocket : FlowKind.Http,
            Upgrade = isWebSocket ? "websocket" : null,
            Started = started,
            Duration = ended >= started ? ended - started : null,
            TimeToResponse = answered >= started ? answered - started : null,
            Origin = "mitmproxy",
            Scheme = url.Scheme,
            Host = url.Host,
            Port = url.Port,
            Client = client is { } from ? new Peer(from.Address, from.Port, version, MitmConnection.Tls(_client)) : null,
            Upstream = server is { } to
                ? new Peer(
                    to.Address, to.Port, ImportedValue.HttpVersion(_response["http_version"].Text) ?? version,
                    MitmConnection.Tls(_server), MitmConnection.ConnectTime(_server))
                : null,
            Resolution = server is { Address: var address } ? new NameResolution("file", [address]) : null,
        };
    }

    /// <summary>The client's target. In transparent mode <c>host</c> is an address, and what the client named stands in its request.</summary>
    private ImportedUrl Url(string method)
    {
        var scheme = _request["scheme"].Text is { Length: > 0 } named ? named : MitmConnection.IsTls(_client) ? "https" : "http";
        var host = _request["host"].Text ?? "";
        var port = _request["port"].Integer ?? 0;
        if (method != "CONNECT" && IPAddress.TryParse(host, out _) && NamedHost() is { Length: > 0 } name)
        {
            host = name;
        }

        var path = _request["path"].Text ?? "";
        var origin = $"{scheme}://{(host.Contains(':') ? $"[{host}]" : host)}:{port}";
        var url = ImportedUrl.Parse($"{origin}{(path.StartsWith('/') ? path : "/")}", "request: host, port and path");

        // As it was sent, also "*", or with a fragment that no URL's target has.
        return path.Length > 0 && !path.AsSpan().ContainsAnyExceptInRange('!', '~') ? url with { Target = path } : url;
    }

    private string? NamedHost()
    {
        var authority = _request["authority"].Text is { Length: > 0 } named ? named : Field(_request, "host");
        if (authority is null || authority.StartsWith('['))
        {
            return null;
        }

        var colon = authority.LastIndexOf(':');
        return colon < 0 ? authority : authority[..colon];
    }

    private static string? Field(TnetValue message, string name)
    {
        foreach (var field in message["headers"].Items())
        {
            TnetValue[] pair = [.. field.Items().Take(2)];
            if (pair.Length == 2 && string.Equals(pair[0].Text, name, StringComparison.OrdinalIgnoreCase))
            {
                return pair[1].Text;
            }
        }

        return null;
    }

    private MitmHead RequestHead(string method, ImportedUrl url)
    {
        var head = new MitmHead($"{method} {(method == "CONNECT" ? url.HostAndPort : url.Target)} {Version(_request)}");
        if (Field(_request, "host") is null)
        {
            var authority = _request["authority"].Text is { Length: > 0 } named ? named : url.Authority;
            head.Add("Host"u8, Encoding.UTF8.GetBytes(authority));
        }

        head.Add(_request["headers"]);
        return head;
    }

    private MitmHead ResponseHead()
    {
        var reason = HttpText.Clean(_response["reason"].Text ?? "");
        var head = new MitmHead($"{Version(_response)} {_response["status_code"].Integer} {reason}");
        head.Add(_response["headers"]);
        return head;
    }

    private static string Version(TnetValue message) => message["http_version"].Text == "HTTP/1.0" ? "HTTP/1.0" : "HTTP/1.1";

    private bool HasBody(string method) => method != "HEAD" && _response["status_code"].Integer is not (< 200 or 204 or 304);

    private (Message? Message, MessageFacts? Facts) Message(TnetValue message, MitmHead head, bool hasBody, bool isComplete)
    {
        if (head.LeftOut > 0)
        {
            Notes.Add($"headers: {head.LeftOut} fields are left out, their names are no HTTP field names");
        }

        var body = message["content"].Bytes.ToArray();

        // A body that mitmproxy streamed was not kept.
        var isMissing = hasBody && message["content"].IsNull;
        var length = isMissing && long.TryParse(Field(message, "content-length"), out var named) && named is > 0 and < 1L << 50 ? named : body.Length;
        return (new Message(head.Complete(), new MemoryBody(body)), new MessageFacts
        {
            Head = HeadForm.Reconstructed,
            BodyLength = length,
            BodyCaptured = body.Length,
            BodySha256 = Convert.ToHexStringLower(SHA256.HashData(body)),
            Trailers = Trailers(message),
            Complete = isComplete && !isMissing,
        });
    }

    private static ImmutableArray<HeaderField>? Trailers(TnetValue message)
    {
        if (message["trailers"].IsNull)
        {
            return null;
        }

        var head = new MitmHead("");
        head.Add(message["trailers"]);
        var fields = HttpHead.Parse(head.Complete()).Fields;
        return fields.IsEmpty ? null : fields;
    }

    private void NoteReplay()
    {
        if (state["is_replay"].Text is { Length: > 0 } replayed)
        {
            Notes.Add($"mitmproxy's user replayed the {(replayed == "request" ? "request" : "response")}: the app did not do this by itself");
        }
    }
}
