using System.Buffers;
using System.Text;

namespace TrafficAudit.Index.Filtering;

/// <summary>Looks for a pattern in bytes of any length, a window of characters at a time.</summary>
internal static class Utf8Scan
{
    private const int Window = 16 * 1024;

    /// <summary>Whether the pattern's pieces come in the bytes, one behind the other; its ends must be open.</summary>
    public static bool Finds(TextPattern pattern, ReadOnlySpan<byte> utf8)
    {
        var pieces = pattern.Inner;
        var decoder = Encoding.UTF8.GetDecoder();
        var buffer = ArrayPool<char>.Shared.Rent(Window + TextPattern.Longest);
        try
        {
            var (piece, kept) = (0, 0);
            while (piece < pieces.Length)
            {
                decoder.Convert(utf8, buffer.AsSpan(kept, Window), flush: true, out var read, out var written, out _);
                if (read == 0 && written == 0)
                {
                    return false;
                }

                utf8 = utf8[read..];
                ReadOnlySpan<char> text = buffer.AsSpan(0, kept + written);
                while (piece < pieces.Length && text.IndexOf(pieces[piece], StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
                {
                    text = text[(at + pieces[piece++].Length)..];
                }

                // The beginning of the next piece may stand at the end of this window.
                kept = piece < pieces.Length ? Math.Min(text.Length, pieces[piece].Length - 1) : 0;
                text[^kept..].CopyTo(buffer);
            }

            return true;
        }
        finally
        {
            // What was read is somebody's.
            ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        }
    }
}
