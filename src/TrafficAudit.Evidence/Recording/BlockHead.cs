namespace TrafficAudit.Evidence.Recording;

/// <summary>
/// The head as it stands in a WARC block. Bodies are kept without chunk framing, so a <c>Transfer-Encoding</c> field would make every
/// reader of the block look for chunks that are not there: it is renamed as web archives do, and the exact head goes to the metadata.
/// </summary>
internal static class BlockHead
{
    private static ReadOnlySpan<byte> Prefix => "X-Archive-Orig-"u8;

    private static ReadOnlySpan<byte> Name => "transfer-encoding"u8;

    /// <summary>The head to write; the same memory when nothing had to be changed.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> head)
    {
        List<int>? at = null;
        for (var line = NextLine(head.Span, 0); line < head.Length; line = NextLine(head.Span, line))
        {
            if (System.Text.Ascii.EqualsIgnoreCase(head.Span.Slice(line, Math.Min(Name.Length, head.Length - line)), Name))
            {
                (at ??= []).Add(line);
            }
        }

        return at is null ? head : Insert(head.Span, at);
    }

    private static int NextLine(ReadOnlySpan<byte> head, int from)
    {
        var end = head[from..].IndexOf((byte)'\n');
        return end < 0 ? head.Length : from + end + 1;
    }

    private static byte[] Insert(ReadOnlySpan<byte> head, List<int> at)
    {
        var changed = new byte[head.Length + (at.Count * Prefix.Length)];
        int read = 0, written = 0;
        foreach (var line in at)
        {
            head[read..line].CopyTo(changed.AsSpan(written));
            written += line - read;
            Prefix.CopyTo(changed.AsSpan(written));
            written += Prefix.Length;
            read = line;
        }

        head[read..].CopyTo(changed.AsSpan(written));
        return changed;
    }
}
