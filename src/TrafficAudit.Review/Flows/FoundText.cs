using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>Writes the text of a field with what was found in it marked.</summary>
/// <param name="places">The flow's findings.</param>
/// <param name="values">How values are shown.</param>
internal sealed class FoundText(FindingPlaces places, ShownValues values)
{
    /// <summary>Writes a field's text. Masked, the mark covers all of it: where in it a value stands would tell of it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="text">The text as it is to stand there when it is revealed.</param>
    /// <param name="findings">The findings in it.</param>
    public void Write(SheetWriter writer, string text, IReadOnlyList<int> findings)
    {
        var shown = values.Of(text);
        if (findings.Count == 0 || !values.IsRevealed)
        {
            writer.Add(shown, mark: places.MarkOf(findings));
            return;
        }

        var at = 0;
        foreach (var (start, length, finding) in Spots(shown, findings))
        {
            writer.Add(shown[at..start]);
            writer.Add(shown.Substring(start, length), mark: places.MarkOf([finding]));
            at = start + length;
        }

        // What was computed from the value does not stand in the text.
        writer.Add(shown[at..], mark: at == 0 ? places.MarkOf(findings) : null);
    }

    /// <summary>Writes what a leaf holds; undecoded bytes are described.</summary>
    public void WriteLeaf(SheetWriter writer, Field field, IReadOnlyList<int> findings)
    {
        if (field.Kind == FieldKind.Undecoded)
        {
            writer.Add(FormattableString.Invariant($"{field.Bytes.Length} undecoded bytes, entropy {field.Entropy:F1} of 8 bits a byte"), Tone.Note, places.MarkOf(findings));
        }
        else
        {
            Write(writer, field.Text ?? "", findings);
        }
    }

    private IEnumerable<(int Start, int Length, int Finding)> Spots(string text, IReadOnlyList<int> findings)
    {
        var end = 0;
        foreach (var (start, length, finding) in findings
                     .Select(index => (Start: text.IndexOf(places[index].Value, StringComparison.Ordinal), places[index].Value.Length, Index: index))
                     .Where(spot => spot is { Start: >= 0, Length: > 0 })
                     .OrderBy(spot => spot.Start).ThenByDescending(spot => spot.Length))
        {
            if (start >= end)
            {
                yield return (start, length, finding);
                end = start + length;
            }
        }
    }
}
