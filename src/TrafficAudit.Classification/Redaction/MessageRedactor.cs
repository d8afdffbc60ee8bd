using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Redaction;

/// <summary>Redacts the messages of one flow.</summary>
/// <param name="parts">Redacts parts.</param>
/// <param name="known">The last look.</param>
internal sealed class MessageRedactor(PartRedactor parts, KnownTexts known)
{
    /// <summary>Stands before the name of a field that no longer fits the body, as web archives have it.</summary>
    private const string OriginalPrefix = "X-Archive-Orig-";

    /// <summary>Digests of the body as it was: from them short values could be guessed.</summary>
    private static readonly FrozenSet<string> Digests = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "Content-MD5", "Digest", "Content-Digest", "Repr-Digest", "ETag", "X-Amz-Content-Sha256", "X-Goog-Hash");

    private readonly HeadRedactor _heads = new(parts, known);

    /// <summary>Redacts a request or response.</summary>
    public (Message? Message, MessageFacts? Facts) Redact(MessageKind kind, Message? message, MessageFacts? facts, RedactionReport report)
    {
        if (message is null)
        {
            return (null, facts);
        }

        var lines = _heads.Redact(kind, message.Head.Span, report);
        var body = Body(kind, message, report);
        facts = facts is { Trailers: { IsDefault: false } trailers } ? facts with { Trailers = _heads.Redact(kind, trailers, report) } : facts;
        if (body is null)
        {
            return (new Message(Written(lines), message.Body), facts is null ? null : facts with { Head = HeadForm.Reconstructed });
        }

        var written = Written(Fitting(lines, body.Length));
        return (new Message(written, new MemoryBody(body)), facts is null ? null : facts with
        {
            Head = HeadForm.Reconstructed, BodyLength = body.Length, BodyCaptured = body.Length, BodySha256 = Convert.ToHexStringLower(SHA256.HashData(body)),
        });
    }

    /// <summary>Redacts a message of a WebSocket.</summary>
    public WebSocketMessage Redact(WebSocketMessage message, RedactionReport report)
    {
        var payload = message.Content.ToArray();
        if (payload.Length == 0)
        {
            return message;
        }

        var (bytes, reason) = parts.Redact(payload, p => MessageDecoder.Decode(message.Kind, p), (_, _) => 0, report);
        if (bytes == payload)
        {
            return message;
        }

        if (bytes is null)
        {
            report.LeftOut(message.Kind, $"message {message.Index}", reason);
        }

        byte[] redacted = [.. message.Payload[..^message.Content.Length].Span, .. bytes ?? []];
        return message with { Payload = redacted, Length = redacted.Length, Sha256 = null };
    }

    /// <summary>The body to give out in place of the message's; null when that one can go as it is.</summary>
    private byte[]? Body(MessageKind kind, Message message, RedactionReport report)
    {
        if (message.Body.Length == 0)
        {
            return null;
        }

        var type = HttpHead.Parse(message.Head.Span)["Content-Type"];
        type = type is null || known.AreIn(type) ? null : type;
        var start = kind == MessageKind.Request ? "POST / HTTP/1.1\r\n" : "HTTP/1.1 200 OK\r\n";
        var head = Encoding.Latin1.GetBytes($"{start}{(type is null ? "" : $"Content-Type: {type}\r\n")}\r\n");
        var plain = (ContentCodings.Undo(message) ?? message.Body.ToMemory()).ToArray();
        var (bytes, reason) = parts.Redact(plain, p => Only(MessagePart.Body, MessageDecoder.Decode(kind, new Message(head, new MemoryBody(p)))), (_, _) => 0, report);
        if (bytes == plain && known.AreIn(message.Body.ToMemory().Span))
        {
            // Behind the end of what was compressed, or in the compressor's own fields.
            (bytes, reason) = (null, "A known value is in it outside of what its coding holds.");
        }

        if (bytes is null)
        {
            report.LeftOut(kind, "body", reason);
        }

        return bytes == plain ? null : bytes ?? [];
    }

    /// <summary>The head's own fields were seen to by themselves.</summary>
    private static DecodedMessage Only(MessagePart part, DecodedMessage message) => message with
    {
        Fields = [.. message.Fields.Where(f => f.Part == part || IsContentType(f))],
    };

    /// <summary>Detection asks it what kind of body it is; nobody's data is in it.</summary>
    private static bool IsContentType(Field field) => field.Part == MessagePart.Header && field.Parent is null;

    private static byte[] Written(IEnumerable<byte[]> lines)
    {
        var head = new MemoryStream();
        foreach (var line in lines)
        {
            head.Write(line);
            head.Write("\r\n"u8);
        }

        head.Write("\r\n"u8);
        return head.ToArray();
    }

    /// <summary>The lines as they are true of a body of this length without content coding.</summary>
    private static IEnumerable<byte[]> Fitting(List<byte[]> lines, int length)
    {
        yield return lines[0];
        foreach (var line in lines.Skip(1))
        {
            var name = Encoding.Latin1.GetString(line.AsSpan(0, Math.Max(0, Array.IndexOf(line, (byte)':')))).Trim();
            var isLength = name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);
            if (isLength || name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase) || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                yield return [.. Encoding.ASCII.GetBytes(OriginalPrefix), .. line];
            }
            else if (!Digests.Contains(name))
            {
                yield return line;
            }

            if (isLength)
            {
                yield return Encoding.ASCII.GetBytes($"Content-Length: {length}");
            }
        }
    }
}
