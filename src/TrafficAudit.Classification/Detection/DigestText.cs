using System.Buffers;
using System.Buffers.Text;
using TrafficAudit.Classification.Personas;

namespace TrafficAudit.Classification.Detection;

/// <summary>Digests as they stand in texts: in hex, or their bytes in base64 or base64url (RFC 4648), as Google's enhanced conversions write them.</summary>
internal static class DigestText
{
    private static readonly SearchValues<char> HexLetters = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly SearchValues<char> Base64Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    /// <summary>Bytes of the longest digest.</summary>
    public const int Longest = 64;

    /// <summary>An MD5 in base64, without padding.</summary>
    public const int Shortest = 22;

    /// <summary>The runs that may be digests in hex.</summary>
    public static LetterRuns Hex(ReadOnlySpan<char> text) => new(text, HexLetters, 32);

    /// <summary>The runs that may be digests in base64.</summary>
    public static LetterRuns Base64(ReadOnlySpan<char> text) => new(text, Base64Letters, Shortest);

    /// <summary>Writes the bytes of a run of base64, without padding, that is as long as a digest's; 0 when it is none.</summary>
    public static int Decode(ReadOnlySpan<char> run, Span<byte> bytes)
    {
        if (run.Length % 4 == 1 || !Digest.Lengths.Contains(run.Length * 3 / 4))
        {
            return 0;
        }

        Span<char> letters = stackalloc char[run.Length];
        run.CopyTo(letters);
        letters.Replace('+', '-');
        letters.Replace('/', '_');
        return Base64Url.DecodeFromChars(letters, bytes, out _, out var written) == OperationStatus.Done ? written : 0;
    }
}
