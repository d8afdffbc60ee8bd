using System.Globalization;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>
/// One flow in full, as text: what is known of it, both heads, both bodies taken apart into fields, the findings in their places. Without
/// <c>--reveal</c> every value that a user or device could have put there is masked.
/// </summary>
internal static class FlowOutput
{
    private const int MaximumFields = 2000;
    private const int MaximumText = 4000;

    /// <summary>Fields whose values say nothing about a person.</summary>
    private static readonly HashSet<string> PlainFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Accept", "Accept-Encoding", "Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Connection", "Date", "Server",
        "Cache-Control", "Vary", "Upgrade", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Alt-Svc", "Strict-Transport-Security",
    };

    public static async Task WriteAsync(Stream output, FlowRecord flow, AnalyzedFlow analyzed, bool reveal, string attribution)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        await writer.WriteAsync(Summary(flow.Metadata, analyzed.Summary, attribution));
        await writer.WriteAsync(Message("Request", MessageKind.Request, flow.Request, flow.Metadata.Request, analyzed, reveal));
        await writer.WriteAsync(Message("Response", MessageKind.Response, flow.Response, flow.Metadata.Response, analyzed, reveal));
        await ConversationOutput.WriteAsync(writer, flow, analyzed, reveal);
    }

    private static string Summary(FlowMetadata m, FlowSummary s, string attribution)
    {
        var text = new StringBuilder();
        text.AppendLine($"Flow #{m.Number}  {Token.Of(m.Kind)}  {m.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}Z  ({m.Origin})");
        Line(text, "Erased", m.Erased is { } erased ? $"{erased.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z by {erased.Operator}: {erased.Reason}  (erasure {erased.Id})" : null);
        Line(text, "To", $"{m.Scheme}://{m.Host}:{m.Port}");
        Line(text, "Recipient", s.Recipient);
        Line(text, "Address", m.Upstream is { } u ? $"{u.Address}:{u.Port}  {s.Country ?? "?"} ({Token.Of(s.CountryGrade)})  {u.HttpVersion}" : "none recorded");
        Line(text, "Resolved", m.Resolution is { } r ? $"{string.Join(", ", r.Addresses)} ({r.Source})" : null);
        Line(text, "Server TLS", Tls(m.Upstream?.Tls));
        Line(text, "Client", m.Client is { } c ? $"{c.Address}:{c.Port}  {c.HttpVersion}" : null);
        Line(text, "Came by", m.Entrance is { } e ? $"{Token.Of(e)}, connection {m.Connection}" : null);
        Line(text, "Client TLS", Tls(m.Client?.Tls));
        Line(text, "Offered", m.ClientHello is { } o
            ? $"{string.Join(' ', o.Versions)}  {o.CipherSuites.Length} cipher suites  ALPN {(o.Alpn.IsEmpty ? "none" : string.Join(' ', o.Alpn))}  JA4 {o.Ja4}"
            : null);
        Line(text, "Notes", m.Notes is { } n ? string.Join(", ", n.Select(Token.Of)) : null);
        Line(text, "Duration", m.Duration is { } d ? $"{d.TotalMilliseconds:0.#} ms" : null);
        Line(text, "Imported", m.Source is { } source ? $"{source.Place} of {source.Import}" : null);
        Line(text, "Session", m.Session);
        Line(text, "Phase", m.Phase);
        Line(text, "Device", m.Device);
        Line(text, "Failure", m.Failure is { } f ? $"{Token.Of(f)}: {m.FailureDetail}" : null);
        Line(text, "Upgrade", m.Upgrade);
        Line(text, "Messages", m.Messages is { } counts ? $"{counts.Sent} sent ({m.BytesSent} bytes), {counts.Received} received ({m.BytesReceived} bytes)" : null);
        Line(text, "First bytes", m.FirstBytes is { Length: > 0 } b ? $"{b.Length} bytes kept, {m.BytesSent} sent, {m.BytesReceived} received" : null);
        Line(text, "", attribution.Length == 0 ? null : attribution);
        return text.ToString();
    }

    private static string Message(
        string title, MessageKind kind, Message? message, MessageFacts? facts, AnalyzedFlow analyzed, bool reveal)
    {
        if (message is null)
        {
            return "";
        }

        var head = HttpHead.Parse(message.Head.Span);
        var findings = analyzed.Findings.Where(f => f.Location.Message == kind).ToList();
        var text = new StringBuilder();
        text.AppendLine().AppendLine($"{title} ({(facts is null ? "?" : Token.Of(facts.Head))} head)");
        text.Append("  ").AppendLine(PlainText.Of(reveal ? head.StartLine : StartLine(head, analyzed.Summary.Path)));
        foreach (var field in head.Fields)
        {
            var shown = reveal || IsPlain(field, findings) ? field.Value : MaskedValue.Of(field.Value);
            text.AppendLine(PlainText.Of($"  {field.Name}: {shown}"));
        }

        if (facts is not null)
        {
            var cut = facts.BodyCaptured < facts.BodyLength ? $", {facts.BodyCaptured} kept" : "";
            foreach (var trailer in facts.Trailers ?? [])
            {
                text.AppendLine(PlainText.Of($"  trailer {trailer.Name}: {(reveal ? trailer.Value : MaskedValue.Of(trailer.Value))}"));
            }

            text.AppendLine($"  body: {facts.BodyLength} bytes{cut}, sha256 {facts.BodySha256}{(facts.Complete ? "" : ", broken off")}");
        }

        AppendFields(text, kind, message, reveal);
        foreach (var finding in findings)
        {
            text.AppendLine(FindingLine(finding, reveal));
        }

        return text.ToString();
    }

    /// <summary>A finding in its place.</summary>
    public static string FindingLine(Finding finding, bool reveal)
    {
        var how = string.Join(" › ", finding.Location.Decodings.Concat(finding.Encodings));
        return PlainText.Of(
            $"  ◆ {finding.Item} ({Token.Of(finding.Confidence)}, {Token.Of(finding.State)}) in {Token.Of(finding.Location.Part)} {finding.Location.Path}"
            + $"{(how.Length == 0 ? "" : $" [{how}]")} = {(reveal ? finding.Value : MaskedValue.Of(finding.Value))}: {finding.Reason}");
    }

    private static void AppendFields(StringBuilder text, MessageKind kind, Message message, bool reveal)
    {
        var decoded = MessageDecoder.Decode(kind, message);
        var fields = decoded.Fields.Where(f => f.Part is MessagePart.Query or MessagePart.Cookie or MessagePart.Body).ToList();
        foreach (var field in fields.Take(MaximumFields))
        {
            var value = field.Text is null ? string.Create(CultureInfo.InvariantCulture, $"{field.Bytes.Length} undecoded bytes, entropy {field.Entropy:F1} of 8 bits a byte")
                : !reveal ? MaskedValue.Of(field.Text)
                : field.Text.Length <= MaximumText ? field.Text : field.Text[..MaximumText] + "…";
            var how = field.Decodings.IsEmpty ? "" : $" [{string.Join(" › ", field.Decodings)}]";
            text.AppendLine(PlainText.Of($"  {Token.Of(field.Part)} {field.Path}{how} = {value}"));
        }

        if (fields.Count > MaximumFields)
        {
            text.AppendLine($"  … and {fields.Count - MaximumFields} more fields");
        }
    }

    /// <summary>A field that is made to hold nothing personal can be made to hold it all the same.</summary>
    private static bool IsPlain(HeaderField field, List<Finding> findings) =>
        PlainFields.Contains(field.Name)
        && !findings.Exists(f => f.Location.Part == MessagePart.Header && f.Location.Path.StartsWith(field.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Of a request the path as lists show it, of a response no words of the server's own.</summary>
    private static string StartLine(HttpHead head, string shownPath)
    {
        var parts = head.StartLine.Split(' ');
        return head.Method.Length == 0 ? string.Join(' ', parts.Take(2))
            : $"{head.Method} {shownPath}{(head.Target.Contains('?', StringComparison.Ordinal) ? "?…" : "")} {(parts.Length > 2 ? parts[^1] : "")}";
    }

    private static string? Tls(TlsSession? tls) =>
        tls is null ? null : $"{tls.Version}  {tls.CipherSuite}  {tls.Alpn}  {tls.ServerName}";

    private static void Line(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.AppendLine(PlainText.Of($"  {name,-12}{value}"));
        }
    }
}
