namespace TrafficAudit.Classification.Decoding;

/// <summary>Decides whether bytes that came out of a guess are evidence that it was right, and reads them then.</summary>
internal static class GuessedBytes
{
    /// <summary>
    /// Adds what <paramref name="bytes"/> hold when they are text, carry a compression's mark or are a binary document. Others are added, as undecoded, only where
    /// <paramref name="isCertain"/> says that nothing but an encoding looks like that.
    /// </summary>
    public static bool TryAdd(DecodingRun run, Field field, string step, ReadOnlySpan<byte> bytes, bool isCertain)
    {
        if (!isCertain && !Printable.IsPlausible(bytes) && Compression.Recognise(bytes) is null && !BinaryDecoder.IsLikely(bytes)
            && UnmarkedCompression.Recognise(bytes) is null && !WideText.IsLikely(bytes))
        {
            return false;
        }

        if (!run.TryStep(Scope.Under(field), step, bytes.Length, out var scope))
        {
            return false;
        }

        var before = run.Mark;
        BodyDecoder.Decode(run, scope, null, -1, bytes.ToArray(), ContentType.None);
        if (!isCertain && run.IsUndecoded(before, scope.Decodings.Length))
        {
            run.Undo(before);
            return false;
        }

        return true;
    }
}
