namespace TrafficAudit.Classification.Decoding;

/// <summary>Compressions that begin with no mark: recognised by what comes out of them.</summary>
internal static class UnmarkedCompression
{
    /// <summary>Which of them the bytes are; null for none.</summary>
    public static string? Recognise(ReadOnlySpan<byte> bytes) =>
        RawDeflate.IsLikely(bytes) ? Decodings.Deflate
        : Lz4Block.IsLikely(bytes) ? Decodings.Lz4
        : BrotliText.IsLikely(bytes) ? Decodings.Brotli
        : null;
}
