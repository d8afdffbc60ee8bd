using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>
/// A text as it was transferred, without content coding, with the outermost encoded text marked that holds a found value. While values are masked, only text
/// whose syntax tells names from values is shown: JSON, and forms.
/// </summary>
/// <param name="places">The flow's findings.</param>
/// <param name="values">How values are shown.</param>
internal sealed class OriginalText(FindingPlaces places, ShownValues values)
{
    private const int LongestMaskedJson = 2 * 1024 * 1024;

    // Lines are made of so much at a time: a body of 32 MiB is never one string.
    private const int Chunk = 16 * 1024;

    /// <summary>Writes a body; false when it can't be shown masked.</summary>
    public bool TryWriteBody(SheetWriter writer, ReadMessage message, out bool isMoreBehind)
    {
        isMoreBehind = false;
        var plain = message.Plain.Span;
        var spots = Spot.In(Spot.Of(message.Decoded, MessagePart.Body), places, message.Codings, plain.Length);
        if (values.IsRevealed)
        {
            Write(writer, plain, spots);
            return true;
        }

        if (message.Body is not { Decodings: [.., Decodings.Json or Decodings.Form], Start: >= 0 } body)
        {
            return false;
        }

        var cut = plain[..Math.Min(plain.Length, LongestMaskedJson)];
        var known = body.Decodings[^1] == Decodings.Json ? MaskedSpans.OfJson(cut, cut.Length == plain.Length) : MaskedSpans.OfForm(plain);
        WriteMasked(writer, plain, known, spots);
        isMoreBehind = known.End < plain.TrimEnd(" \t\r\n"u8).Length;
        return known.End > 0;
    }

    /// <summary>Writes text with its values masked.</summary>
    public void WriteMasked(SheetWriter writer, ReadOnlySpan<byte> text, in ValueSpans known, IReadOnlyList<Spot> spots)
    {
        var at = 0;
        foreach (var value in known.Values)
        {
            var (start, end) = (value.Start.Value, value.End.Value);
            WriteLines(writer, text[at..start], null);
            var findings = spots.Where(spot => spot.Start < end && start < spot.End).SelectMany(spot => spot.Findings).ToList();
            if (end > start)
            {
                writer.Add(values.Of(PlainBytes.ToText(text[start..end])), mark: places.MarkOf(findings));
            }

            at = end;
            if (writer.IsFull)
            {
                return;
            }
        }

        WriteLines(writer, text[at..known.End], null);
    }

    /// <summary>Writes text as it is.</summary>
    public void Write(SheetWriter writer, ReadOnlySpan<byte> text, IReadOnlyList<Spot> spots)
    {
        var at = 0;
        foreach (var spot in spots)
        {
            WriteLines(writer, text[at..spot.Start], null);
            WriteLines(writer, text[spot.Start..spot.End], places.MarkOf(spot.Findings));
            at = spot.End;
        }

        WriteLines(writer, text[at..], null);
    }

    private static void WriteLines(SheetWriter writer, ReadOnlySpan<byte> text, Mark? mark)
    {
        while (!text.IsEmpty && !writer.IsFull)
        {
            var piece = text[..Math.Min(text.Length, Chunk)];
            var end = piece.IndexOf((byte)'\n');
            if (end >= 0)
            {
                piece = piece[..end];
            }
            else if (piece.Length < text.Length)
            {
                piece = piece[..WholeRunes(piece)];
            }

            var line = piece.EndsWith("\r"u8) && end >= 0 ? piece[..^1] : piece;
            if (!line.IsEmpty)
            {
                writer.Add(PlainBytes.ToText(line), mark: mark);
            }

            if (end >= 0)
            {
                writer.EndLine();
            }

            text = text[(end >= 0 ? end + 1 : piece.Length)..];
        }
    }

    /// <summary>How many bytes of a piece end with a whole character.</summary>
    private static int WholeRunes(ReadOnlySpan<byte> piece)
    {
        const int LongestRune = 4;
        for (var back = 1; back < LongestRune && back < piece.Length; back++)
        {
            if ((piece[^back] & 0xC0) == 0xC0)
            {
                return piece.Length - back;
            }

            if ((piece[^back] & 0x80) == 0)
            {
                break;
            }
        }

        return piece.Length;
    }
}
