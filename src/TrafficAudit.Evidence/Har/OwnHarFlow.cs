using System.Security.Cryptography;
using System.Text.Json;
using TrafficAudit.Evidence.Exports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Har;

/// <summary>
/// Makes the flow again that this program has exported as an entry: <c>_trafficAudit</c> has what HAR has no place for. Bodies and messages are the
/// entry's own; where a digest does not fit them any more, the flow says so.
/// </summary>
internal static class OwnHarFlow
{
    /// <summary>The flow; null when the entry is not one of this program's.</summary>
    public static FlowRecord? Build(HarEntry entry)
    {
        if (Read(entry) is not { } own)
        {
            return null;
        }

        var isChanged = false;
        var sent = own.RequestBody ?? Bytes(entry.Request.PostData.Text is null ? entry.Request.Content : entry.Request.PostData);
        var received = own.ResponseBody ?? Bytes(entry.Response.Content);
        var m = own.Flow with
        {
            Request = Facts(own.Flow.Request, sent, ref isChanged),
            Response = Facts(own.Flow.Response, received, ref isChanged),
        };
        var notes = m.Notes is { IsDefault: false } known ? known : [];
        var messages = entry.Messages?.Select(Message).OfType<WebSocketMessage>().ToList();
        return new FlowRecord(
            isChanged && own.LeftOut is null ? m with { Notes = notes.Add(FlowNote.DigestMismatch) } : m,
            own.RequestHead is null ? null : new Message(own.RequestHead, new MemoryBody(sent)),
            own.ResponseHead is null ? null : new Message(own.ResponseHead, new MemoryBody(received)),
            messages is null ? null : new MemoryConversation(messages));
    }

    private static OwnEntry? Read(HarEntry entry)
    {
        try
        {
            return entry.Own?.Deserialize(ExportJson.Default.OwnEntry);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            // Somebody else's member of that name: the entry is read as any other.
            return null;
        }
    }

    private static byte[] Bytes(HarContent content) =>
        content.Text is not { } text ? [] : content.Encoding == "base64" ? HarBody.FromBase64([.. text]) ?? text : text;

    private static MessageFacts? Facts(MessageFacts? facts, byte[] body, ref bool isChanged)
    {
        if (facts is null)
        {
            return null;
        }

        isChanged |= facts.BodyCaptured != body.Length
            || (facts.BodyCaptured == facts.BodyLength && facts.BodySha256 != Convert.ToHexStringLower(SHA256.HashData(body)));
        return facts with { BodyCaptured = body.Length, BodyLength = Math.Max(facts.BodyLength, body.Length) };
    }

    private static WebSocketMessage? Message(HarMessage given)
    {
        if (given.Own is not { } json || HarMessages.KindOf(given.Type) is not { } kind || HarMessages.TypeOf(given.Opcode) is not { } type)
        {
            return null;
        }

        try
        {
            var own = json.Deserialize(ExportJson.Default.OwnMessage)!;
            var data = given.Data ?? [];
            var payload = own.Base64 ? HarBody.FromBase64([.. data]) ?? data : data;
            return new WebSocketMessage
            {
                Index = own.Index, Time = own.Time, Kind = kind, Type = type, Length = own.Length, Payload = payload, Sha256 = own.Sha256,
                IsComplete = own.Complete ?? true,
            };
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
