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
        var isAscii = true;
        foreach (var piece in pieces)
        {
            isAscii &= piece.IsAscii;
            if (utf8.IndexOf(piece.Anchor.Span) < 0)
            {
                return false;
            }
        }

        return Finds(pieces, utf8, isAscii ? Encoding.Latin1 : Encoding.UTF8);
    }

    /// <summary>What is ASCII stands in UTF-8 as it does in Latin-1, which is read many times faster.</summary>
    private static bool Finds(ReadOnlySpan<TextPiece> pieces, ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var decoder = encoding.GetDecoder();
        var buffer = ArrayPool<char>.Shared.Rent(Window + TextPattern.Longest);
        try
        {
            var (next, kept) = (0, 0);
            while (next < pieces.Length)
            {
                decoder.Convert(bytes, buffer.AsSpan(kept, Window), flush: true, out var read, out var written, out _);
                if (read == 0 && written == 0)
                {
                    return false;
                }

                bytes = bytes[read..];
                ReadOnlySpan<char> text = buffer.AsSpan(0, kept + written);
                while (next < pieces.Length && pieces[next].IndexIn(text) is >= 0 and var at)
                {
                    text = text[(at + pieces[next++].Length)..];
                }

                // The beginning of the next piece may stand at the end of this window.
                kept = next < pieces.Length ? Math.Min(text.Length, pieces[next].Length - 1) : 0;
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
