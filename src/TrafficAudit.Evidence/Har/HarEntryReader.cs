using System.Text.Json;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Har;

/// <summary>
/// Reads one entry's JSON. Unknown and duplicate keys, nulls, missing members and values of another type than due are all
/// legal here (of duplicates the last one counts); only text that is no JSON is not.
/// </summary>
internal static class HarEntryReader
{
    // Far over what any writer nests, far under what would cost memory; the reader does not recurse.
    private const int MaxDepth = 10_000;
    private const int MaxHeaders = 10_000;
    private const int MaxParams = 100_000;
    private const int MaxMessages = 1_000_000;

    private delegate void MemberReader<in T>(ref Utf8JsonReader reader, string name, T target);

    private delegate void ElementReader<in T>(ref Utf8JsonReader reader, T target);

    /// <exception cref="UnusableEntryException">The entry is no JSON object, or holds more than the bounds allow.</exception>
    public static HarEntry Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        var entry = new HarEntry();
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new UnusableEntryException("the entry is no JSON object");
            }

            Members(ref reader, entry, EntryMember);
            return entry;
        }
        catch (JsonException exception)
        {
            var what = reader.CurrentDepth >= MaxDepth - 1 ? $"is nested deeper than {MaxDepth}" : "is no valid JSON";
            throw new UnusableEntryException($"the entry {what}, line {exception.LineNumber + 1} of the entry, byte {exception.BytePositionInLine}");
        }
    }

    private static void EntryMember(ref Utf8JsonReader reader, string name, HarEntry entry)
    {
        switch (name)
        {
            case "startedDateTime": entry.Started = JsonText.Text(ref reader); break;
            case "time": entry.Time = JsonText.Number(ref reader); break;
            case "serverIPAddress": entry.ServerAddress = JsonText.Text(ref reader); break;
            case "_resourceType": entry.ResourceType = JsonText.Text(ref reader); break;
            case "_fromCache": entry.FromCache = JsonText.Text(ref reader); break;
            case "_fetchType": entry.FetchType = JsonText.Text(ref reader); break;
            case "_error": entry.Error = JsonText.Text(ref reader) ?? entry.Error; break;
            case "_webSocketMessages": Messages(ref reader, entry); break;
            case "_webSocketClose": Members(ref reader, entry, CloseMember); break;
            case "_trafficAudit": entry.Own = JsonElement.ParseValue(ref reader); break;
            case "request": Members(ref reader, entry.Request, RequestMember); break;
            case "response": Members(ref reader, entry, ResponseMember); break;
            case "timings": Members(ref reader, entry.Timings, TimingsMember); break;
            default: TlsErrorMember(ref reader, name, entry.TlsError); break;
        }
    }

    private static void TlsErrorMember(ref Utf8JsonReader reader, string name, HarTlsError error)
    {
        switch (name)
        {
            case "hostname": error.HostName = JsonText.Text(ref reader); break;
            case "cause": error.Cause = JsonText.Text(ref reader); break;
            case "clientIPAddress": error.ClientAddress = JsonText.Text(ref reader); break;
            case "clientPort": error.ClientPort = JsonText.Number(ref reader); break;
            case "tlsMetadata": Members(ref reader, error, TlsErrorMember); break;
            case "sniHostname": error.ServerName = JsonText.Text(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    private static void RequestMember(ref Utf8JsonReader reader, string name, HarRequest request)
    {
        switch (name)
        {
            case "method": request.Method = JsonText.Text(ref reader); break;
            case "url": request.Url = JsonText.Text(ref reader); break;
            case "httpVersion": request.HttpVersion = JsonText.Text(ref reader); break;
            case "headers": Headers(ref reader, request.Headers); break;
            case "bodySize": request.BodySize = JsonText.Number(ref reader); break;
            case "postData": Members(ref reader, request, PostDataMember); break;
            case "_content": Members(ref reader, request.Content, ContentMember); break;
            default: reader.Skip(); break;
        }
    }

    private static void PostDataMember(ref Utf8JsonReader reader, string name, HarRequest request)
    {
        if (name == "params")
        {
            request.Params.Clear();
            Elements(ref reader, request.Params, Param);
        }
        else
        {
            ContentMember(ref reader, name, request.PostData);
        }
    }

    private static void ResponseMember(ref Utf8JsonReader reader, string name, HarEntry entry)
    {
        var response = entry.Response;
        switch (name)
        {
            case "status": response.Status = JsonText.Number(ref reader); break;
            case "statusText": response.StatusText = JsonText.Text(ref reader); break;
            case "httpVersion": response.HttpVersion = JsonText.Text(ref reader); break;
            case "headers": Headers(ref reader, response.Headers); break;
            case "content": Members(ref reader, response.Content, ContentMember); break;
            // Chrome and mitmproxy; Playwright.
            case "_error" or "_failureText": entry.Error = JsonText.Text(ref reader) ?? entry.Error; break;
            default: reader.Skip(); break;
        }
    }

    private static void ContentMember(ref Utf8JsonReader reader, string name, HarContent content)
    {
        switch (name)
        {
            case "mimeType": content.MimeType = JsonText.Text(ref reader); break;
            case "text": content.Text = JsonText.Bytes(ref reader); break;
            case "encoding" or "_encoding": content.Encoding = JsonText.Text(ref reader); break;
            case "size": content.Size = JsonText.Number(ref reader); break;
            case "compression": content.Compression = JsonText.Number(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    private static void TimingsMember(ref Utf8JsonReader reader, string name, HarTimings timings)
    {
        switch (name)
        {
            case "blocked": timings.Blocked = JsonText.Number(ref reader); break;
            case "dns": timings.Dns = JsonText.Number(ref reader); break;
            case "connect": timings.Connect = JsonText.Number(ref reader); break;
            case "send": timings.Send = JsonText.Number(ref reader); break;
            case "wait": timings.Wait = JsonText.Number(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    private static void Headers(ref Utf8JsonReader reader, List<HeaderField> headers)
    {
        headers.Clear();
        Elements(ref reader, headers, Header);
    }

    private static void Header(ref Utf8JsonReader reader, List<HeaderField> headers)
    {
        var pair = new HarParam();
        Members(ref reader, pair, ParamMember);
        headers.Add(new HeaderField(pair.Name, pair.Value));
        if (headers.Count > MaxHeaders)
        {
            throw new UnusableEntryException($"headers: more than {MaxHeaders} fields in one message");
        }
    }

    private static void Param(ref Utf8JsonReader reader, List<HarParam> parameters)
    {
        var parameter = new HarParam();
        Members(ref reader, parameter, ParamMember);
        parameters.Add(parameter);
        if (parameters.Count > MaxParams)
        {
            throw new UnusableEntryException($"request.postData.params: more than {MaxParams} of them");
        }
    }

    private static void ParamMember(ref Utf8JsonReader reader, string name, HarParam parameter)
    {
        switch (name)
        {
            case "name": parameter.Name = JsonText.Text(ref reader) ?? ""; break;
            case "value": parameter.Value = JsonText.Text(ref reader) ?? ""; break;
            case "fileName": parameter.FileName = JsonText.Text(ref reader); break;
            case "contentType": parameter.ContentType = JsonText.Text(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    private static void Messages(ref Utf8JsonReader reader, HarEntry entry)
    {
        entry.Messages = reader.TokenType == JsonTokenType.StartArray ? [] : null;
        entry.MessagesLeftOut = 0;
        Elements(ref reader, entry, Message);
    }

    private static void Message(ref Utf8JsonReader reader, HarEntry entry)
    {
        if (entry.Messages!.Count == MaxMessages)
        {
            entry.MessagesLeftOut++;
            reader.Skip();
            return;
        }

        var message = new HarMessage();
        Members(ref reader, message, MessageMember);
        entry.Messages.Add(message);
    }

    private static void MessageMember(ref Utf8JsonReader reader, string name, HarMessage message)
    {
        switch (name)
        {
            case "type": message.Type = JsonText.Text(ref reader); break;
            case "time": message.Time = JsonText.Text(ref reader); break;
            case "opcode": message.Opcode = JsonText.Number(ref reader); break;
            case "data": message.Data = JsonText.Bytes(ref reader); break;
            case "_trafficAudit": message.Own = JsonElement.ParseValue(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    private static void CloseMember(ref Utf8JsonReader reader, string name, HarEntry entry)
    {
        if (name == "code")
        {
            entry.CloseCode = JsonText.Number(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void Members<T>(ref Utf8JsonReader reader, T target, MemberReader<T> member)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonText.Text(ref reader)!;
            reader.Read();
            member(ref reader, name, target);
        }
    }

    private static void Elements<T>(ref Utf8JsonReader reader, T target, ElementReader<T> element)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            element(ref reader, target);
        }
    }
}
