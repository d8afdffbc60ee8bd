using System.Security.Cryptography;
using System.Text;

namespace TrafficAudit.Evidence.Warc;

/// <summary>What the caller says of a record; digests, chain and lengths are added when it is written.</summary>
/// <param name="Type">The WARC record type.</param>
/// <param name="Date">When what it records happened.</param>
/// <param name="ContentType">The block's media type.</param>
/// <param name="Block">The block.</param>
/// <param name="Fields">More header fields, in order; control characters in a value become <c>?</c>, and it is cut at 16,384 characters.</param>
/// <param name="Flow">The flow's number; null for a record of no flow.</param>
internal sealed record WarcRecordDraft(
    string Type, DateTimeOffset Date, string ContentType, WarcBlock Block, IReadOnlyList<(string Name, string Value)> Fields, long? Flow = null)
{
    public string Id { get; init; } = $"<urn:uuid:{Guid.NewGuid():D}>";
}

/// <summary>Appends records to a segment's file.</summary>
internal static class WarcRecordWriter
{
    /// <summary>
    /// A longer target URI is cut in the header (the request's block has it whole), so that every reader's bound for headers is kept.
    /// </summary>
    private const int LongestValue = 16 * 1024;

    public static void Write(SegmentFile file, WarcRecordDraft draft, RecordChain chain)
    {
        var header = Encoding.UTF8.GetBytes(Header(draft, chain));
        GzipMember.Write(file, output =>
        {
            output.Write(header);
            draft.Block.CopyTo(output);
            output.Write("\r\n\r\n"u8);
        });
    }

    private static string Header(WarcRecordDraft draft, RecordChain chain)
    {
        Span<byte> salt = stackalloc byte[16];
        RandomNumberGenerator.Fill(salt);
        var (blockDigest, contentDigest) = draft.Block.Digests(salt);
        var date = WarcHeaders.DateOf(draft.Date);
        var flow = draft.Flow?.ToString() ?? "";
        var text = new StringBuilder(1024);
        text.Append(WarcHeaders.Version).Append("\r\n");
        Add(WarcHeaders.Type, draft.Type);
        Add(WarcHeaders.RecordId, draft.Id);
        Add(WarcHeaders.Date, date);
        foreach (var (name, value) in draft.Fields)
        {
            Add(name, Clean(value));
        }

        Add(WarcHeaders.BlockDigest, blockDigest);
        if (flow.Length > 0)
        {
            Add(WarcHeaders.Flow, flow);
        }

        Add(WarcHeaders.Salt, Convert.ToHexStringLower(salt));
        Add(WarcHeaders.ContentDigest, contentDigest);
        var link = chain.Add(draft.Id, draft.Type, date, flow, contentDigest);
        Add(WarcHeaders.Sequence, chain.Sequence.ToString());
        Add(WarcHeaders.Chain, link);
        Add(WarcHeaders.ContentType, draft.ContentType);
        Add(WarcHeaders.ContentLength, draft.Block.Length.ToString());
        return text.Append("\r\n").ToString();

        void Add(string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    /// <summary>Values that came from a peer or an imported file can't start a header line of their own.</summary>
    private static string Clean(string value)
    {
        var cut = value.Length > LongestValue ? value[..LongestValue] : value;
        return HasControl(cut) ? string.Concat(cut.Select(c => char.IsControl(c) ? '?' : c)) : cut;
    }

    /// <summary>The two ranges of <see cref="char.IsControl(char)"/>.</summary>
    private static bool HasControl(ReadOnlySpan<char> value) =>
        value.IndexOfAnyInRange('\0', '\u001F') >= 0 || value.IndexOfAnyInRange('\u007F', '\u009F') >= 0;
}
