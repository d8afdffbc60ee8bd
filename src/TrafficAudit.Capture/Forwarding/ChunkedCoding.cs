using System.Collections.Immutable;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>The chunked transfer coding (RFC 9112, section 7.1), where .NET does not write it: it sends no trailers over HTTP/1.1.</summary>
internal static class ChunkedCoding
{
    /// <summary>A piece as one chunk. An empty one would be the last: nothing is written for it.</summary>
    public static byte[] Chunk(ReadOnlySpan<byte> piece) =>
        piece.IsEmpty ? [] : [.. Encoding.ASCII.GetBytes($"{piece.Length:X}\r\n"), .. piece, .. "\r\n"u8];

    /// <summary>The end of a body, with its trailers: a character for each byte, see <see cref="Heads.BytePerCharacter"/>.</summary>
    public static byte[] LastChunk(ImmutableArray<HeaderField> trailers) =>
        Heads.BytePerCharacter.GetBytes($"0\r\n{string.Concat(trailers.Select(t => $"{t.Name}: {t.Value}\r\n"))}\r\n");
}
