using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Har;

/// <summary>Makes a flow of one entry.</summary>
/// <param name="entry">The entry.</param>
internal sealed class HarFlow(HarEntry entry)
{
    private readonly List<string> _notes = [];

    /// <summary>What a reader of the evidence should know about this flow.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The flow.</summary>
    /// <exception cref="UnusableEntryException">A part without which there is no flow is missing or wrong.</exception>
    public FlowRecord Build()
    {
        // 1. What never was on the network is no flow.
        RequireNetwork();

        // 2. The parts that must be there.
        var url = ImportedUrl.Parse(entry.Request.Url, "request.url");
        var started = ImportedValue.Time(entry.Started) ?? throw new UnusableEntryException("startedDateTime is no ISO 8601 time with an offset");
        var method = entry.Request.Method?.Trim() ?? "";
        if (!HttpText.IsToken(method))
        {
            throw new UnusableEntryException("request.method is missing or no HTTP method");
        }

        // 3. The messages.
        var failure = ReportedFailure.Of(entry.Error);
        var (request, requestFacts) = Request(method, url);
        var (response, responseFacts) = Response(method, failure);

        // 4. Everything else.
        var messages = Messages(started);
        var metadata = Metadata(url, started) with
        {
            Request = requestFacts,
            Response = responseFacts,
            TimeToResponse = response is null ? null : entry.Timings.ToResponse,
            Failure = failure?.Failure,
            FailureDetail = failure?.Detail ?? (response is null ? "The imported file has no response." : null),
        };
        return new FlowRecord(messages?.Count(metadata) ?? metadata, request, response, messages?.Conversation);
    }

    private void RequireNetwork()
    {
        if (!string.IsNullOrEmpty(entry.FromCache))
        {
            throw new UnusableEntryException("_fromCache: the browser's cache answered, nothing went over the network");
        }

        if (entry.FetchType is "Memory Cache" or "Disk Cache")
        {
            throw new UnusableEntryException("_fetchType: the browser's cache answered, nothing went over the network");
        }

        if (ReportedFailure.NeverSent(entry.Error))
        {
            throw new UnusableEntryException($"response._error is {entry.Error}: the browser did not send the request");
        }
    }

    private (Message Message, MessageFacts Facts) Request(string method, ImportedUrl url)
    {
        var request = entry.Request;
        var headers = new HarHeaders(request.Headers);
        var body = HarBody.OfRequest(request, headers);
        var target = method == "CONNECT" ? url.HostAndPort : url.Target;
        var head = HarHead.Request(method, target, url.Authority, headers, body, request.PostData.MimeType);
        NoteLeftOut(head, "request");
        if (request.Params.Count > 0 && body.Bytes.Length > 0 && request.PostData.Text is not { Length: > 0 })
        {
            _notes.Add("request.postData has no text: the body is made of its params");
        }

        return (new Message(head.Bytes, new MemoryBody(body.Bytes)), body.Facts(complete: true));
    }

    private (Message? Message, MessageFacts? Facts) Response(string method, ReportedFailure? failure)
    {
        var response = entry.Response;
        if (response.Status is not (>= 100 and <= 999))
        {
            return (null, null);
        }

        var status = (int)response.Status.Value;
        var headers = new HarHeaders(response.Headers);
        var body = HarBody.OfResponse(response, headers);
        if (method == "HEAD" || status is < 200 or 204 or 304)
        {
            // RFC 9110, section 6.4.1: these have no content; what a browser writes there is its cache's.
            if (body.Bytes.Length > 0)
            {
                _notes.Add("response.content is left out: such an answer has none, it is the browser's cache");
            }

            body = HarBody.None;
        }

        var head = HarHead.Response(status, response.StatusText, headers, body);
        NoteLeftOut(head, "response");
        return (new Message(head.Bytes, new MemoryBody(body.Bytes)), body.Facts(complete: failure is null));
    }

    private FlowMetadata Metadata(ImportedUrl url, DateTimeOffset started)
    {
        var address = ImportedValue.Address(entry.ServerAddress);
        var version = ImportedValue.HttpVersion(entry.Response.HttpVersion) ?? ImportedValue.HttpVersion(entry.Request.HttpVersion);
        return new FlowMetadata
        {
            Number = 0,
            Kind = IsWebSocket ? FlowKind.WebSocket : FlowKind.Http,
            Started = started,
            Duration = ImportedValue.Duration(entry.Time),
            Origin = "har",
            Scheme = url.Scheme,
            Host = url.Host,
            Port = url.Port,

            // No connect time: writers mean different things by it (with TLS or without, QUIC's 0-RTT), and a figure that is
            // too small would seem to prove that a server is near.
            Upstream = address is null ? null : new Peer(address, url.Port, version),
            Resolution = address is null ? null : new NameResolution("file", [address]),
        };
    }

    private bool IsWebSocket =>
        entry.Messages is not null
        || string.Equals(entry.ResourceType, "websocket", StringComparison.OrdinalIgnoreCase)
        || (entry.Response.Status == 101
            && string.Equals(new HarHeaders(entry.Response.Headers)["Upgrade"], "websocket", StringComparison.OrdinalIgnoreCase))
        || entry.Request.Url!.TrimStart().StartsWith("ws", StringComparison.OrdinalIgnoreCase);

    private HarMessages? Messages(DateTimeOffset started)
    {
        if (entry.CloseCode is { } code)
        {
            _notes.Add($"_webSocketClose: code {code}; the file does not say which side closed, so that no message stands for it");
        }

        if (entry.Messages is not { } given)
        {
            return null;
        }

        var messages = HarMessages.Of(given, entry.MessagesLeftOut, started);
        _notes.AddRange(messages.Notes);
        return messages;
    }

    private void NoteLeftOut(HarHead head, string message)
    {
        if (head.LeftOut > 0)
        {
            _notes.Add($"{message}.headers: {head.LeftOut} fields are left out, their names are no HTTP field names");
        }
    }
}
