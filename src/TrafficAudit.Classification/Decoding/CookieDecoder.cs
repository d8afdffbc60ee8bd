using TrafficAudit.Model;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Cookies (RFC 6265): a field each, named as the cookie; attributes of a cookie that is set are no fields.</summary>
internal static class CookieDecoder
{
    /// <summary>The value of a <c>Cookie</c> field.</summary>
    public static void DecodeSent(DecodingRun run, ReadOnlySpan<byte> value)
    {
        var index = 0;
        for (var start = 0; start < value.Length && !run.Exhausted; index++)
        {
            var end = value[start..].IndexOf((byte)';');
            end = end < 0 ? value.Length : start + end;
            Pair(run, value, start, end, index);
            start = end + 1;
        }
    }

    /// <summary>The value of a <c>Set-Cookie</c> field.</summary>
    public static void DecodeSet(DecodingRun run, ReadOnlySpan<byte> value)
    {
        var end = value.IndexOf((byte)';');
        Pair(run, value, 0, end < 0 ? value.Length : end, 0);
    }

    /// <summary>One cookie; without <c>=</c> it is a value without a name (RFC 6265bis, 5.6), an element by its position.</summary>
    private static void Pair(DecodingRun run, ReadOnlySpan<byte> value, int start, int end, int index)
    {
        while (start < end && value[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        while (end > start && value[end - 1] is (byte)' ' or (byte)'\t')
        {
            end--;
        }

        if (start == end)
        {
            return;
        }

        var equals = value[start..end].IndexOf((byte)'=');
        var name = equals < 0 ? null : NameCache.Get(value.Slice(start, equals).Trim(" \t"u8));
        var from = start + equals + 1;
        var percent = default(Scope?);
        LeafDecoder.AddEncoded(
            run, Scope.Of(MessagePart.Cookie), ref percent, name, name is null ? index : -1, value[from..end], from, plusIsSpace: false);
    }
}
