using System.Collections.Immutable;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>An HTTP message as a record holds it.</summary>
/// <param name="Record">The record; its block was read.</param>
/// <param name="Head">The head as it stands in the block.</param>
/// <param name="Body">The body without chunk framing.</param>
/// <param name="IsWhole">Whether nothing says that it broke off.</param>
/// <param name="Trailers">Fields behind the body.</param>
/// <param name="FitsDigest">Whether the block is what the record's digest says.</param>
internal sealed record ArchivedMessage(
    ArchivedRecord Record, byte[] Head, SpooledBody Body, bool IsWhole, ImmutableArray<HeaderField>? Trailers, bool FitsDigest) : IDisposable
{
    public bool IsRequest => Record.Type == "request";

    public bool IsRevisit => Record.Type == "revisit";

    /// <summary>The head taken apart.</summary>
    public HttpHead Parsed { get; } = HttpHead.Parse(Head);

    /// <summary>What a reader of the flow must know.</summary>
    public ImmutableArray<FlowNote> Notes { get; init; } = [];

    /// <summary>Reads a message from a record's block.</summary>
    /// <exception cref="UnusableEntryException">The block holds no HTTP head.</exception>
    /// <exception cref="ImportBreakException">The file ends or is damaged.</exception>
    public static ArchivedMessage Read(ArchivedRecord record, string spoolFolder, CancellationToken cancellation)
    {
        var head = record.TakeHead() ?? throw new UnusableEntryException("the block has no HTTP head");
        var raw = SpooledBody.Read(record.Block(), spoolFolder, cancellation);
        var isWhole = record[WarcHeaders.Truncated] is null;
        var fits = record.Digest?.Fits() ?? true;
        var coding = HttpHead.Parse(head)["Transfer-Encoding"];
        if (coding?.Contains("chunked", StringComparison.OrdinalIgnoreCase) != true || raw.Length == 0)
        {
            return new ArchivedMessage(record, head, raw, isWhole, null, fits);
        }

        using var chunks = new ChunkedBody(raw.Kept.OpenRead());
        var body = SpooledBody.Read(chunks, spoolFolder, cancellation);
        if (!chunks.IsFramed)
        {
            body.Dispose();
            return new ArchivedMessage(record, head, raw, isWhole, null, fits);
        }

        raw.Dispose();
        return new ArchivedMessage(record, head, body, isWhole && chunks.IsComplete, chunks.Trailers, fits);
    }

    /// <summary>What is known of it.</summary>
    /// <param name="hasBody">Whether such a message has a body at all (RFC 9110, section 6.4.1).</param>
    public MessageFacts Facts(bool hasBody)
    {
        // Exact as far as anybody can know: what this writer says it was.
        var isRebuilt = Record.All(WarcHeaders.Protocol).Any(p => p is "h2" or "h3" or "http/2" or "http/3")
            || Notes.Contains(FlowNote.RequestAssumed) || Notes.Contains(FlowNote.ResponseAssumed)
            || Parsed.Fields.Any(f => f.Name.StartsWith("X-Archive-Orig-", StringComparison.OrdinalIgnoreCase));
        var named = hasBody && long.TryParse(Parsed["Content-Length"], out var length) && length > Body.Length && length < 1L << 50 ? length : Body.Length;
        return Body.Facts(isRebuilt ? HeadForm.Reconstructed : HeadForm.Exact, IsWhole && named == Body.Length) with
        {
            BodyLength = named, Trailers = Trailers,
        };
    }

    public void Dispose() => Body.Dispose();
}
