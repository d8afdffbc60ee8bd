using System.Buffers;
using System.Buffers.Text;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection;
using TrafficAudit.Classification.Personas;

namespace TrafficAudit.Classification.Redaction;

/// <summary>
/// Looks whether any known value is left in bytes or texts, wherever it stands and whatever surrounds it: the last look before something goes out.
/// It errs to the safe side.
/// </summary>
internal sealed class KnownTexts(PersonaNeedles needles)
{
    /// <summary>Encodings inside encodings that are undone by looking; what decoders find is looked at besides.</summary>
    private const int Depth = 4;

    /// <summary>Fewer characters hold no value that counts anywhere.</summary>
    private const int ShortestRun = 8;

    private static readonly SearchValues<char> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    /// <summary>Whether a known value is in bytes, read as text.</summary>
    public bool AreIn(ReadOnlySpan<byte> bytes) => AreIn(Encoding.UTF8.GetString(bytes), Depth);

    /// <summary>Whether a known value is in a text, also in percent-encoding, JSON's escapes or base64.</summary>
    public bool AreIn(string text) => AreIn(text, Depth);

    /// <summary>Whether a known value is in any field, or key, of a message.</summary>
    public bool AreIn(DecodedMessage message)
    {
        foreach (var field in message.Fields)
        {
            for (var at = field; at is not null; at = at.Parent)
            {
                if (at.Key is { } key && IsPlain(key))
                {
                    return true;
                }
            }

            if (field.Text is { } text ? AreIn(text) : AreIn(field.Bytes.Span) || IsCertain(needles.FindDigest(field.Bytes.Span)))
            {
                return true;
            }
        }

        return false;
    }

    private bool AreIn(string text, int depth)
    {
        if (IsPlain(text))
        {
            return true;
        }

        if (depth == 0)
        {
            return false;
        }

        if (text.Contains('%', StringComparison.Ordinal) && Uri.UnescapeDataString(text) is { } unescaped
            && (AreIn(unescaped, depth - 1) || (unescaped.Contains('+', StringComparison.Ordinal) && IsPlain(unescaped.Replace('+', ' ')))))
        {
            return true;
        }

        return (text.Contains('+', StringComparison.Ordinal) && IsPlain(text.Replace('+', ' ')))
            || (text.Contains('\\', StringComparison.Ordinal) && AreIn(JsonEscapes.Undo(text), depth - 1))
            || IsInBase64(text, depth);
    }

    private bool IsInBase64(string text, int depth)
    {
        for (var at = 0; at < text.Length;)
        {
            var start = text.AsSpan(at).IndexOfAny(Base64Characters);
            if (start < 0)
            {
                return false;
            }

            at += start;
            var length = text.AsSpan(at).IndexOfAnyExcept(Base64Characters);
            length = length < 0 ? text.Length - at : length;
            if (length >= ShortestRun && IsInBase64(text.AsSpan(at, length), depth))
            {
                return true;
            }

            at += length;
        }

        return false;
    }

    private bool IsInBase64(ReadOnlySpan<char> run, int depth)
    {
        var text = run.ToString().Replace('+', '-').Replace('/', '_');
        var usable = text.Length % 4 == 1 ? text[..^1] : text;
        try
        {
            var bytes = Base64Url.DecodeFromChars(usable);
            var decoded = Encoding.UTF8.GetString(bytes);
            return IsCertain(needles.FindDigest(bytes))
                || (decoded.Count(c => c is '\uFFFD' or '\0') * 4 <= decoded.Length ? AreIn(decoded, depth - 1) : IsPlain(decoded));
        }
        catch (FormatException)
        {
            return false; // a run of letters, whose last one has bits too many
        }
    }

    private bool IsPlain(string text)
    {
        if (text.AsSpan().IndexOfAny(needles.AsciiTexts) >= 0 || (!Ascii.IsValid(text) && text.AsSpan().IndexOfAny(needles.OtherTexts) >= 0))
        {
            return true;
        }

        var hex = DigestText.Hex(text);
        while (hex.MoveNext())
        {
            if (IsCertain(needles.FindDigest(text.AsSpan(hex.Start, hex.Length))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCertain(ReadOnlySpan<DigestNeedle> digests)
    {
        foreach (var digest in digests)
        {
            if (digest.Needle.Weight == NeedleWeight.Strong)
            {
                return true;
            }
        }

        return false;
    }
}
