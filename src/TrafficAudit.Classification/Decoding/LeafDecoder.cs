using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Adds leaves and offers each to the decoders that guess.</summary>
internal static class LeafDecoder
{
    /// <summary>Adds a text and what it decodes to.</summary>
    /// <param name="run">The run.</param>
    /// <param name="scope">Where it comes from.</param>
    /// <param name="key">Its key.</param>
    /// <param name="index">Its position, -1 if it is no element.</param>
    /// <param name="text">The text.</param>
    /// <param name="offset">Where its encoded form starts in the scope's bytes.</param>
    /// <param name="length">Length of that form in bytes.</param>
    /// <param name="plusIsSpace">Whether a space in it may be a plus that the sender forgot to encode.</param>
    public static void AddText(
        DecodingRun run, in Scope scope, string? key, int index, string text, int offset, int length, bool plusIsSpace = false)
    {
        if (run.Add(scope, key, index, FieldKind.Text, text, offset, length) is { } field)
        {
            TextDecoder.Offer(run, field, plusIsSpace);
        }
    }

    /// <summary>
    /// Adds a percent-encoded piece. <paramref name="percent"/> is made once for all pieces of a scope that need it. A piece
    /// that a bound forbids to decode is added as it stands.
    /// </summary>
    public static void AddEncoded(
        DecodingRun run, in Scope scope, ref Scope? percent, string? key, int index, ReadOnlySpan<byte> encoded, int offset, bool plusIsSpace,
        bool keyChanged = false)
    {
        var value = Percent.Decode(encoded, plusIsSpace, run.Charset);
        var own = scope;
        if ((value.Changed || keyChanged) && !TryPercent(run, scope, ref percent, encoded.Length, out own))
        {
            run.Add(scope, key, index, FieldKind.Text, Encoding.UTF8.GetString(encoded), offset, encoded.Length);
            return;
        }

        if (value.Charset is not null)
        {
            own = own with { Decodings = own.Decodings.Add(value.Charset) };
        }

        if (value.Text is not null)
        {
            AddText(run, own, key, index, value.Text, offset, encoded.Length, plusIsSpace);
        }
        else
        {
            BodyDecoder.Decode(run, own.Replaced(offset, encoded.Length), key, index, value.Bytes, ContentType.None);
        }
    }

    private static bool TryPercent(DecodingRun run, in Scope scope, ref Scope? percent, int length, out Scope own)
    {
        if (percent is { } known)
        {
            own = known;
            return run.TrySpend(length);
        }

        var taken = run.TryStep(scope, Decodings.Percent, length, out own);
        percent = taken ? own : null;
        return taken;
    }
}
