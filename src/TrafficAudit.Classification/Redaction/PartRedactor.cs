using System.Runtime.InteropServices;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Redaction;

/// <summary>
/// Replaces personal values in the bytes of one part. It decodes, detects and replaces until nothing is detected any more; a value that stands there as it is
/// is replaced by itself, one inside an encoding with the whole encoded text. Then it looks for known values by other means. Whatever remains
/// doubtful is not given out.
/// </summary>
/// <param name="persona">The detector of known values.</param>
/// <param name="known">The last look.</param>
/// <param name="placed">Values that are personal by their place in the flow.</param>
/// <param name="placeholders">What stands for values.</param>
/// <param name="captured">When the flow was captured.</param>
internal sealed class PartRedactor(PersonaDetector persona, KnownTexts known, PlacedValues placed, Placeholders placeholders, DateTimeOffset captured)
{
    private const int Passes = 12;

    /// <summary>A finding's value is no longer; what is, is taken with all that surrounds it.</summary>
    private const int LongestValue = 1_024;

    /// <summary>Redacts bytes.</summary>
    /// <param name="bytes">The part, without content coding.</param>
    /// <param name="decode">Takes the part apart.</param>
    /// <param name="startOf">Where in <paramref name="bytes"/> the places of a field's part begin to count.</param>
    /// <param name="report">Gets what was replaced.</param>
    /// <returns>The bytes, the same array when nothing was found; or null and the reason why they can't be given out.</returns>
    public (byte[]? Bytes, string Reason) Redact(
        byte[] bytes, Func<byte[], DecodedMessage> decode, Func<byte[], MessagePart, int> startOf, RedactionReport report)
    {
        for (var pass = 0; pass < Passes; pass++)
        {
            var decoded = decode(bytes);
            if (decoded.Truncated)
            {
                return (null, "A bound ended the search of it.");
            }

            if (IsUndecoded(decoded))
            {
                return (null, "It could not be decoded, so that it could not be searched.");
            }

            var found = (new MessageScan(persona, captured).Run(decoded) ?? []).Where(c => !Placeholders.IsOnly(c.Value)).ToList();
            placed.AddTo(found, decoded);
            if (found.Count == 0)
            {
                return known.AreIn(bytes) || known.AreIn(decoded) || placed.AreIn(bytes)
                    ? (null, "A known value is in it where it can't be replaced with certainty.")
                    : (bytes, "");
            }

            if (Replace(bytes, found, startOf, report) is not { } replaced)
            {
                return (null, "A value is in it inside an encoding that can't be rewritten.");
            }

            bytes = replaced;
        }

        return (null, "It holds more values than could be replaced with certainty.");
    }

    /// <summary>Whether the part, or a part of a multipart body, is bytes of no known form: a picture may show a person.</summary>
    private static bool IsUndecoded(DecodedMessage decoded)
    {
        foreach (var field in decoded.Fields)
        {
            if (field is { Kind: FieldKind.Undecoded, Part: MessagePart.Body, Bytes.IsEmpty: false, Parent: null or { Kind: FieldKind.Container } })
            {
                return true;
            }
        }

        return false;
    }

    private byte[]? Replace(byte[] bytes, List<Candidate> found, Func<byte[], MessagePart, int> startOf, RedactionReport report)
    {
        var spots = new List<(Spot Spot, List<Candidate> Candidates)>();
        foreach (var group in found.GroupBy(c => new Spot(c.Field.Start < 0 ? -1 : c.Field.Start + startOf(bytes, c.Field.Part), c.Field.Length)))
        {
            if (group.Key.Start < 0 || group.Key.Length <= 0 || group.Key.End > bytes.Length)
            {
                return null;
            }

            spots.Add((group.Key, [.. group]));
        }

        var output = new MemoryStream(bytes.Length + 64);
        var at = 0;
        foreach (var (spot, candidates) in spots.OrderBy(s => s.Spot.Start).ThenBy(s => s.Spot.Length))
        {
            // What lies inside another one's place is seen again in the next pass.
            if (spot.Start >= at)
            {
                output.Write(bytes.AsSpan(at, spot.Start - at));
                output.Write(Replaced(bytes.AsSpan(spot.Start, spot.Length), candidates, report));
                at = spot.End;
            }
        }

        output.Write(bytes.AsSpan(at));
        return output.ToArray();
    }

    private byte[] Replaced(ReadOnlySpan<byte> raw, List<Candidate> candidates, RedactionReport report)
    {
        var text = Encoding.UTF8.GetString(raw);
        var field = candidates[0].Field;
        if (field.Kind != FieldKind.Number && candidates.TrueForAll(c => IsLiteral(c, text)))
        {
            // Longest first: a shorter one may be part of it.
            foreach (var candidate in candidates.DistinctBy(c => c.Value).OrderByDescending(c => c.Value.Length))
            {
                if (text.Contains(candidate.Value, StringComparison.Ordinal))
                {
                    text = text.Replace(candidate.Value, PlaceholderOf(candidate, report), StringComparison.Ordinal);
                }
            }

            return Encoding.UTF8.GetBytes(text);
        }

        var whole = PlaceholderOf(candidates.MaxBy(c => c.Value.Length)!, report);
        return Encoding.UTF8.GetBytes(field.Kind == FieldKind.Number ? $"\"{whole}\"" : whole);
    }

    /// <summary>Whether the value stands in the transferred text as it is; one of a few characters could be anything there, unless it is all of it.</summary>
    private static bool IsLiteral(Candidate candidate, string text) =>
        candidate.Value.Length is >= 6 and < LongestValue && !candidate.Value.Contains('[', StringComparison.Ordinal) && text.Contains(candidate.Value, StringComparison.Ordinal);

    private string PlaceholderOf(Candidate candidate, RedactionReport report)
    {
        var placeholder = placeholders.Of(candidate.Item, candidate.Value);
        report.Replaced(candidate.Item, placeholder);
        return IsPercentEncoded(candidate.Field) ? Uri.EscapeDataString(placeholder) : placeholder;
    }

    private static bool IsPercentEncoded(Field field) =>
        field.Part is MessagePart.Url or MessagePart.Path or MessagePart.Query || (field.Part == MessagePart.Body && field.Decodings is [Decodings.Form, ..]);

    /// <summary>A stretch of the part.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Spot(int Start, int Length)
    {
        public int End => Start + Length;
    }
}
