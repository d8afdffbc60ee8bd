using System.Runtime.InteropServices;
using System.Text.Json;

namespace TrafficAudit.Review.Flows;

/// <summary>Where the values are in a text whose syntax says so beyond doubt: everything else of it can be shown while values are masked.</summary>
internal static class MaskedSpans
{
    /// <summary>More values are not masked on a page; the text is shown up to there.</summary>
    private const int Most = 50_000;

    private const int MaximumDepth = 256;

    /// <summary>The values of a JSON document, in order, up to where it is none any more.</summary>
    public static ValueSpans OfJson(ReadOnlySpan<byte> json, bool isWhole)
    {
        var spans = new List<Range>();
        var end = 0;
        var reader = new Utf8JsonReader(json, isWhole, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaximumDepth, AllowMultipleValues = true }));
        try
        {
            while (spans.Count < Most && reader.Read())
            {
                end = (int)reader.BytesConsumed;
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null)
                {
                    var start = (int)reader.TokenStartIndex + (reader.TokenType == JsonTokenType.String ? 1 : 0);
                    spans.Add(new Range(start, start + reader.ValueSpan.Length));
                }
            }
        }
        catch (JsonException)
        {
            // What stands before it is shown, and that the rest is not is said.
            return new ValueSpans(spans, end);
        }

        return new ValueSpans(spans, end);
    }

    /// <summary>The values of <c>application/x-www-form-urlencoded</c> text (WHATWG URL, 5.1); a name without a value is masked as one.</summary>
    public static ValueSpans OfForm(ReadOnlySpan<byte> form)
    {
        var spans = new List<Range>();
        var at = 0;
        while (at < form.Length && spans.Count < Most)
        {
            var length = form[at..].IndexOf((byte)'&');
            var end = length < 0 ? form.Length : at + length;
            var sign = form[at..end].IndexOf((byte)'=');
            spans.Add(new Range(at + sign + 1, end));
            at = end + 1;
        }

        return new ValueSpans(spans, Math.Min(at, form.Length));
    }
}

/// <summary>Values in a text.</summary>
/// <param name="Values">Where each one is, in order.</param>
/// <param name="End">Up to where the text was understood.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ValueSpans(IReadOnlyList<Range> Values, int End);
