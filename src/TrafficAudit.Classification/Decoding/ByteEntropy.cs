namespace TrafficAudit.Classification.Decoding;

/// <summary>Shannon's entropy of bytes taken one by one: what tells encrypted and compressed ones from others.</summary>
internal static class ByteEntropy
{
    private const int Looked = 1024 * 1024;

    /// <summary>Bits a byte, 0 to 8.</summary>
    public static double Of(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, Looked)];
        Span<int> counts = stackalloc int[256];
        foreach (var b in bytes)
        {
            counts[b]++;
        }

        var entropy = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = count / (double)bytes.Length;
                entropy -= share * Math.Log2(share);
            }
        }

        return entropy;
    }
}
