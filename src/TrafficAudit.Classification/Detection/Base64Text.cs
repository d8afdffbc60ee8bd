using System.Buffers;
using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Classification.Detection;

/// <summary>
/// Texts inside base64 or base64url (RFC 4648) that no decoder took for what it is: it stands among other letters, begins anywhere, or holds a binary format nobody
/// knows. Linear in the text.
/// </summary>
internal static class Base64Text
{
    /// <summary>Twelve bytes: shorter words are names and numbers.</summary>
    public const int Shortest = 16;

    /// <summary>Four letters are three bytes, and the first of them may be any of the four.</summary>
    public const int Alignments = 4;

    private const string Standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly SearchValues<char> Letters = SearchValues.Create(Standard + "-_");
    private static readonly byte[] Values = MakeValues();

    /// <summary>The runs that may be base64.</summary>
    public static LetterRuns Runs(ReadOnlySpan<char> text) => new(text, Letters, Shortest);

    /// <summary>Whether a run can be base64, and no word, number or hex.</summary>
    public static bool IsLikely(ReadOnlySpan<char> run) => Base64Decoder.HasMixedCharacters(run);

    /// <summary>The texts in a run that begins with one of the <see cref="Alignments"/>; empty for none.</summary>
    public static string Decode(ReadOnlySpan<char> run, int alignment)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(run.Length);
        try
        {
            var (bits, count, length) = (0, 0, 0);
            foreach (var letter in run[alignment..])
            {
                bits = (bits << 6) | Values[letter];
                count += 6;
                if (count >= 8)
                {
                    count -= 8;
                    buffer[length++] = (byte)(bits >> count);
                }
            }

            return BinaryText.Of(buffer.AsSpan(0, length));
        }
        finally
        {
            // What was decoded may be personal.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static byte[] MakeValues()
    {
        var values = new byte[128];
        for (var value = 0; value < Standard.Length; value++)
        {
            values[Standard[value]] = (byte)value;
        }

        (values['-'], values['_']) = (62, 63);
        return values;
    }
}
