using System.Globalization;
using System.Text.Json;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Exports;

/// <summary>Writes a flow as an entry of a HAR.</summary>
/// <param name="json">The file.</param>
/// <param name="plainBody">See <see cref="HarExport"/>.</param>
internal sealed class HarEntryWriter(Utf8JsonWriter json, Func<Message, ReadOnlyMemory<byte>?> plainBody)
{
    private const string NoVersion = "unknown";

    public void Write(ExportedFlow exported)
    {
        var flow = exported.Flow;
        var m = flow.Metadata;
        var request = flow.Request is { } sent ? HttpHead.Parse(sent.Head.Span) : null;
        var response = flow.Response is { } received ? HttpHead.Parse(received.Head.Span) : null;
        var requestBody = HarBodyText.Of(flow.Request, plainBody);
        var responseBody = HarBodyText.Of(flow.Response, plainBody);
        json.WriteStartObject();
        json.WriteString("startedDateTime"u8, Time(m.Started));
        json.WriteNumber("time"u8, m.Duration?.TotalMilliseconds ?? 0);
        WriteRequest(m, HarTarget.Of(flow, request), request, requestBody);
        WriteResponse(m, response, responseBody);
        json.WriteStartObject("cache"u8);
        json.WriteEndObject();
        WriteTimings(m);
        if (m.Upstream is { } upstream)
        {
            json.WriteString("serverIPAddress"u8, upstream.Address);
        }

        if (m.Connection is { } connection)
        {
            json.WriteString("connection"u8, connection.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteString("comment"u8, m.Kind == FlowKind.Opaque ? $"#{m.Number}: a connection that could not be read" : $"#{m.Number}");
        var leftOut = requestBody.LeftOut ?? responseBody.LeftOut;
        if (flow.Messages is { } messages)
        {
            json.WriteString("_resourceType"u8, "websocket"u8);
            leftOut = new HarMessageWriter(json).Write(messages) ?? leftOut;
        }

        json.WritePropertyName("_trafficAudit"u8);
        var own = new OwnEntry
        {
            Flow = m,
            RequestHead = flow.Request?.Head.ToArray(),
            ResponseHead = flow.Response?.Head.ToArray(),
            RequestBody = requestBody.Coded,
            ResponseBody = responseBody.Coded,
            LeftOut = leftOut,
            Notes = exported.Notes,
        };
        JsonSerializer.Serialize(json, own, ExportJson.Default.OwnEntry);
        json.WriteEndObject();
    }

    private void WriteRequest(FlowMetadata m, HarTarget target, HttpHead? head, HarBodyText body)
    {
        json.WriteStartObject("request"u8);
        json.WriteString("method"u8, target.Method);
        json.WriteString("url"u8, target.Url);
        json.WriteString("httpVersion"u8, m.Client?.HttpVersion ?? NoVersion);
        WritePairs("cookies"u8, HarCookies.Sent(head));
        WritePairs("headers"u8, Fields(head));
        WritePairs("queryString"u8, target.Query);
        json.WriteNumber("headersSize"u8, -1);
        json.WriteNumber("bodySize"u8, m.Request?.BodyLength ?? 0);
        if (body.Text is { } text)
        {
            json.WriteStartObject("postData"u8);
            json.WriteString("mimeType"u8, head?["Content-Type"] ?? "");
            json.WriteString("text"u8, text.Span);
            json.WriteEndObject();
        }
        else if (body.Base64 is { } bytes)
        {
            json.WriteStartObject("_content"u8);
            json.WriteNumber("size"u8, bytes.Length);
            json.WriteString("mimeType"u8, head?["Content-Type"] ?? "");
            json.WriteString("encoding"u8, "base64"u8);
            json.WriteBase64String("text"u8, bytes.Span);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteResponse(FlowMetadata m, HttpHead? head, HarBodyText body)
    {
        var line = head?.StartLine.Split(' ', 3) ?? [];
        json.WriteStartObject("response"u8);
        json.WriteNumber("status"u8, head?.Status ?? 0);
        json.WriteString("statusText"u8, line.Length == 3 ? line[2] : "");
        json.WriteString("httpVersion"u8, m.Upstream?.HttpVersion ?? NoVersion);
        WritePairs("cookies"u8, HarCookies.Set(head));
        WritePairs("headers"u8, Fields(head));
        json.WriteStartObject("content"u8);
        json.WriteNumber("size"u8, body.PlainLength);
        json.WriteString("mimeType"u8, head?["Content-Type"] ?? "x-unknown");
        if (body.Text is { } text)
        {
            json.WriteString("text"u8, text.Span);
        }
        else if (body.Base64 is { } bytes)
        {
            json.WriteString("encoding"u8, "base64"u8);
            json.WriteBase64String("text"u8, bytes.Span);
        }

        json.WriteEndObject();
        json.WriteString("redirectURL"u8, head?["Location"] ?? "");
        json.WriteNumber("headersSize"u8, -1);
        json.WriteNumber("bodySize"u8, m.Response?.BodyLength ?? -1);
        if (m.Failure is { } failure)
        {
            json.WriteString("_error"u8, Token.Of(failure));
        }

        json.WriteEndObject();
    }

    /// <summary>What is not known apart is -1, as HAR has it; sending is not told apart from waiting.</summary>
    private void WriteTimings(FlowMetadata m)
    {
        var connect = m.Upstream?.ConnectTime?.TotalMilliseconds ?? -1;
        var whole = m.Duration?.TotalMilliseconds ?? 0;
        var wait = Math.Min(m.TimeToResponse?.TotalMilliseconds ?? whole, whole);
        json.WriteStartObject("timings"u8);
        json.WriteNumber("blocked"u8, -1);
        json.WriteNumber("dns"u8, -1);
        json.WriteNumber("connect"u8, -1);
        json.WriteNumber("ssl"u8, -1);
        json.WriteNumber("send"u8, 0);
        json.WriteNumber("wait"u8, wait);
        json.WriteNumber("receive"u8, whole - wait);
        if (connect >= 0)
        {
            json.WriteNumber("_connect"u8, connect);
        }

        json.WriteEndObject();
    }

    private void WritePairs(ReadOnlySpan<byte> name, IEnumerable<HeaderField> pairs)
    {
        json.WriteStartArray(name);
        foreach (var pair in pairs)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, pair.Name);
            json.WriteString("value"u8, pair.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<HeaderField> Fields(HttpHead? head) => head is null ? [] : head.Fields;

    /// <summary>Milliseconds, since the schema of HAR takes no more; exact in <c>_trafficAudit</c>.</summary>
    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
