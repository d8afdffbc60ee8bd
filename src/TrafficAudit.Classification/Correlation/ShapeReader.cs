using System.Buffers;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Rules;

namespace TrafficAudit.Classification.Correlation;

/// <summary>Tells by its looks what a value may be. It must err on the side of <see cref="ValueShape.Plain"/>: what is generated can become a finding.</summary>
internal static class ShapeReader
{
    /// <summary>Longer values are documents.</summary>
    private const int LongestValue = 64 * 1024;

    /// <summary>Bytes below which a value is no identifier, in the task that this detector was built for.</summary>
    private const int ShortestValue = 8;

    private const int LongestShort = 64;
    private const int ShortestBytes = 16;

    /// <summary>Of the entropy that so many bytes can have: random ones reach 0.95, text and tables do not.</summary>
    private const double RandomShare = 0.85;

    /// <summary>What an identifier and its separators are written in; whatever holds another character is a text.</summary>
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.:|=+/~");

    /// <summary>What a leaf's value may be.</summary>
    /// <param name="field">The leaf.</param>
    /// <param name="captured">When it was sent, to tell times.</param>
    public static ValueShape Of(Field field, DateTimeOffset captured) => field.Kind switch
    {
        FieldKind.Null => ValueShape.Nothing,
        FieldKind.Undecoded => OfBytes(field.Bytes.Span),
        FieldKind.Text or FieldKind.Number => OfText(field.Text.AsSpan().Trim(), captured),
        _ => ValueShape.Plain,
    };

    private static ValueShape OfBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || !bytes.ContainsAnyExcept(bytes[0]))
        {
            return ValueShape.Nothing;
        }

        if (bytes.Length is < ShortestBytes or > LongestValue)
        {
            return bytes.Length is >= ShortestValue and < ShortestBytes ? ValueShape.Short : ValueShape.Plain;
        }

        return ByteEntropy.Of(bytes) >= RandomShare * Math.Log2(Math.Min(bytes.Length, 256)) ? ValueShape.Generated : ValueShape.Plain;
    }

    internal static ValueShape OfText(ReadOnlySpan<char> text, DateTimeOffset captured)
    {
        if (text.IsEmpty || Placeholders.BuiltIn.Contains(text) || (text.Length >= ShortestValue && IsOneCharacter(text)))
        {
            return ValueShape.Nothing;
        }

        if (text.Length is < ShortestValue or > LongestValue || text.ContainsAnyExcept(TokenCharacters) || IsAddress(text) || IsDecimal(text))
        {
            return ValueShape.Plain;
        }

        if (!IsVersion(text) && (HasUuid(text) || HasGeneratedRun(text, captured)))
        {
            return ValueShape.Generated;
        }

        return text.Length <= LongestShort && text.ContainsAnyInRange('0', '9') && HasLetter(text) && !HasTime(text, captured) ? ValueShape.Short : ValueShape.Plain;
    }

    /// <summary>Zeros with hyphens, or one letter again and again.</summary>
    private static bool IsOneCharacter(ReadOnlySpan<char> text)
    {
        var first = '\0';
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                if (first != '\0' && c != first)
                {
                    return false;
                }

                first = c;
            }
        }

        return true;
    }

    private static bool IsAddress(ReadOnlySpan<char> text) => text[0] == '/' || text.Contains("://", StringComparison.Ordinal) || text.StartsWith("www.");

    /// <summary>A number with a fraction: its digits look random and are not.</summary>
    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var dots = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && c is not ('.' or '-' or '+' or 'e' or 'E'))
            {
                return false;
            }

            dots += c == '.' ? 1 : 0;
        }

        return dots > 0;
    }

    /// <summary>Two dots with a digit on both sides: 1.2.3-9f8e7d6c names a build, which an app brings along.</summary>
    private static bool IsVersion(ReadOnlySpan<char> text)
    {
        var dots = 0;
        for (var i = 1; i + 1 < text.Length; i++)
        {
            dots += text[i] == '.' && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]) ? 1 : 0;
        }

        return dots >= 2;
    }

    private static bool HasUuid(ReadOnlySpan<char> text)
    {
        for (var i = 0; i + 36 <= text.Length; i++)
        {
            if (text[i + 8] == '-' && Guid.TryParseExact(text.Slice(i, 36), "D", out _)
                && (i == 0 || !char.IsAsciiLetterOrDigit(text[i - 1])) && (i + 36 == text.Length || !char.IsAsciiLetterOrDigit(text[i + 36])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasGeneratedRun(ReadOnlySpan<char> text, DateTimeOffset captured)
    {
        foreach (var range in text.SplitAny(".:|=~"))
        {
            if (GeneratedRun.IsBase64(text[range]))
            {
                return true;
            }
        }

        for (var i = 0; i < text.Length;)
        {
            var run = RunAt(text, i);
            if (GeneratedRun.IsGenerated(run, captured))
            {
                return true;
            }

            i += run.Length + 1;
        }

        return false;
    }

    private static bool HasTime(ReadOnlySpan<char> text, DateTimeOffset captured)
    {
        for (var i = 0; i < text.Length;)
        {
            var run = RunAt(text, i);
            if (GeneratedRun.IsTime(run, captured))
            {
                return true;
            }

            i += run.Length + 1;
        }

        return false;
    }

    private static bool HasLetter(ReadOnlySpan<char> text) => text.ContainsAnyInRange('a', 'z') || text.ContainsAnyInRange('A', 'Z');

    /// <summary>The letters and digits from a position on.</summary>
    private static ReadOnlySpan<char> RunAt(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        return text[start..end];
    }
}
