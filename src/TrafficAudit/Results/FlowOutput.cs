using System.Globalization;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Geolocation.Recipients;
using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>
/// One flow in full, as text: what is known of it, both heads, both bodies taken apart into fields, the findings in their places. Without
/// <c>--reveal</c> every value that a user or device could have put there is masked.
/// </summary>
internal static class FlowOutput
{
    /// <summary>What is shown decoded beside the head's lines, in this order; the path is in the start line.</summary>
    private static readonly MessagePart[] DecodedParts = [MessagePart.Url, MessagePart.Query, MessagePart.Cookie, MessagePart.Body];

    public static async Task WriteAsync(Stream output, FlowRecord flow, AnalyzedFlow analyzed, AddressLookup? lookup, CloakedTracker? cloaked, bool reveal, string attribution)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        await writer.WriteAsync(Summary(flow.Metadata, analyzed.Summary, lookup, cloaked, attribution));
        await writer.WriteAsync(Message("Request", MessageKind.Request, flow.Request, flow.Metadata.Request, analyzed, reveal));
        await writer.WriteAsync(Message("Response", MessageKind.Response, flow.Response, flow.Metadata.Response, analyzed, reveal));
        await ConversationOutput.WriteAsync(writer, flow, analyzed, reveal);
    }

    private static string Summary(FlowMetadata m, FlowSummary s, AddressLookup? lookup, CloakedTracker? cloaked, string attribution)
    {
        var text = new StringBuilder();
        text.AppendLine($"Flow #{m.Number}  {Token.Of(m.Kind)}  {m.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}Z  ({m.Origin})");
        Line(text, "Erased", m.Erased is { } erased ? $"{erased.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z by {erased.Operator}: {erased.Reason}  (erasure {erased.Id})" : null);
        Line(text, "To", $"{m.Scheme}://{m.Host}:{m.Port}");
        Line(text, "Recipient", Recipient(s));
        Line(text, "Carrier", s.Carrier);
        Line(text, "Cloaks", cloaked is null ? null : $"{cloaked.Organisation}: the host leads there by a CNAME ({cloaked.Name})");
        Line(text, "Address", m.Upstream is { } u ? $"{u.Address}:{u.Port}  {Place(s)}  {u.HttpVersion}" : s.Address is null ? "none recorded" : $"{s.Address}  {Place(s)}, looked up at import");
        LocationOutput.Append(text, s, lookup);
        Line(text, "Resolved", m.Resolution is { } r ? $"{(r.Names.IsEmpty ? "" : $"{string.Join(" › ", r.Names)}  ")}{string.Join(", ", r.Addresses)} ({r.Source})" : null);
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

    private static string Place(FlowSummary s) => $"{s.Country ?? "?"} ({Token.Of(s.CountryGrade)})";

    private static string Recipient(FlowSummary s) => (s.RecipientCountry, s.GroupCountry) switch
    {
        (null, null) => s.Recipient,
        (var own, var group) when group is null || group == own => $"{s.Recipient}, registered in {own ?? "?"}",
        (var own, var group) => $"{s.Recipient}, registered in {own ?? "?"}, group in {group}",
    };

    private static string Message(
        string title, MessageKind kind, Message? message, MessageFacts? facts, AnalyzedFlow analyzed, bool reveal)
    {
        if (message is null)
        {
            return "";
        }

        var head = HttpHead.Parse(message.Head.Span);
        var decoded = MessageDecoder.Decode(kind, message);
        var findings = analyzed.Findings.Where(f => f.Location.Message == kind).ToList();
        var text = new StringBuilder();
        var tree = new FieldTree(text, findings, reveal);
        text.AppendLine().AppendLine($"{title} ({(facts is null ? "?" : Token.Of(facts.Head))} head)");
        text.Append("  ").AppendLine(PlainText.Of(reveal ? head.StartLine : StartLine(head, analyzed.Summary.Path)));
        AppendHeaders(text, tree, head, decoded, findings, reveal);
        if (facts is not null)
        {
            var cut = facts.BodyCaptured < facts.BodyLength ? $", {facts.BodyCaptured} kept" : "";
            foreach (var trailer in facts.Trailers ?? [])
            {
                text.AppendLine(PlainText.Of($"  trailer {trailer.Name}: {(reveal ? trailer.Value : MaskedValue.Of(trailer.Value))}"));
            }

            text.AppendLine($"  body: {facts.BodyLength} bytes{cut}, sha256 {facts.BodySha256}{(facts.Complete ? "" : ", broken off")}");
        }

        foreach (var part in DecodedParts)
        {
            tree.AppendAll(Token.Of(part), [.. decoded.Roots.Where(root => root.Part == part)]);
        }

        if (findings.Exists(f => f.Location.Part == MessagePart.Path))
        {
            tree.AppendAll(Token.Of(MessagePart.Path), [.. decoded.Roots.Where(root => root.Part == MessagePart.Path)]);
        }

        tree.AppendRest();
        return text.ToString();
    }

    // What a header's value was decoded to stands beneath its line.
    private static void AppendHeaders(StringBuilder text, FieldTree tree, HttpHead head, DecodedMessage decoded, List<Finding> findings, bool reveal)
    {
        var roots = decoded.Roots.Where(root => root is { Part: MessagePart.Header, Key: not null })
            .GroupBy(root => root.Key!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(named => named.Key, named => new Queue<Field>(named), StringComparer.OrdinalIgnoreCase);
        foreach (var field in head.Fields)
        {
            var shown = reveal || IsPlain(field, findings) ? field.Value : MaskedValue.Of(field.Value);
            text.AppendLine(PlainText.Of($"  {field.Name}: {shown}"));
            if (roots.TryGetValue(field.Name, out var named) && named.TryDequeue(out var root))
            {
                tree.AppendBelow(root, 1);
            }
        }
    }

    /// <summary>A field that is made to hold nothing personal can be made to hold it all the same.</summary>
    private static bool IsPlain(HeaderField field, List<Finding> findings) =>
        PlainHeaders.Contains(field.Name)
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
