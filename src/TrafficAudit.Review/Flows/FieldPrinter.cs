using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Review.Flows;

/// <summary>
/// Prints the fields of a body so that a person can read it: JSON as JSON, with its order, its duplicate names and its numbers as they were written; everything
/// else as names and values. What a text was decoded to stands beneath it.
/// </summary>
/// <param name="writer">Where to.</param>
/// <param name="places">The flow's findings.</param>
/// <param name="values">How values are shown.</param>
/// <param name="codings">See <see cref="FindingPlaces.In"/>.</param>
/// <param name="above">See <see cref="FindingPlaces.In"/>.</param>
/// <param name="plain">The body, which tells an empty array from an empty object.</param>
internal sealed class FieldPrinter(
    SheetWriter writer, FindingPlaces places, ShownValues values, int codings = 0, string above = "", ReadOnlyMemory<byte> plain = default)
{
    private const int DeepestIndent = 40;

    private readonly FoundText _text = new(places, values);

    /// <summary>Prints a field with all that is beneath it.</summary>
    public void Print(Field root) => Print(root, 0, "", 0);

    private static bool IsJson(Field field) => field.Decodings is [.., Decodings.Json];

    private static string Name(Field field) =>
        field.Index >= 0 ? FormattableString.Invariant($"[{field.Index}]") : field.Key ?? "";

    /// <summary>As JSON writes it; what can't be seen is escaped when it is shown.</summary>
    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);

    private void Print(Field field, int indent, string behind, int undone)
    {
        if (writer.IsFull)
        {
            return;
        }

        var isMember = field.Parent is { Kind: FieldKind.Container } && IsJson(field) && field.Decodings.Length == field.Parent.Decodings.Length;
        Begin(field, indent, isMember, undone);
        if (field.Kind == FieldKind.Container)
        {
            PrintContainer(field, indent, behind);
            return;
        }

        var findings = places.In(field, codings, above);
        if (IsJson(field) && field.Kind == FieldKind.Text)
        {
            writer.Add("\"");
            _text.Write(writer, values.IsRevealed ? Escaped(field.Text ?? "") : field.Text ?? "", findings);
            writer.Add("\"");
        }
        else
        {
            _text.WriteLeaf(writer, field, findings);
        }

        writer.Add(behind);
        writer.EndLine();
        foreach (var child in field.Children)
        {
            Print(child, indent + 1, "", field.Decodings.Length);
        }
    }

    private void Begin(Field field, int indent, bool isMember, int undone)
    {
        writer.Add(new string(' ', 2 * Math.Min(indent, DeepestIndent)));
        var how = field.Decodings.AsSpan()[Math.Min(undone, field.Decodings.Length)..];
        if (isMember)
        {
            if (field.Key is not null)
            {
                writer.Add($"\"{Escaped(field.Key)}\"", Tone.Name);
                writer.Add(": ");
            }

            return;
        }

        if (how.Length > 0 && (field.Parent is not null || !IsJson(field)))
        {
            writer.Add($"↳ {string.Join(" › ", how!)} ", Tone.Note);
        }

        if (Name(field) is { Length: > 0 } name)
        {
            writer.Add(name, Tone.Name);
            writer.Add(field.Kind == FieldKind.Container ? " " : " = ");
        }
    }

    private void PrintContainer(Field field, int indent, string behind)
    {
        var isJson = IsJson(field);
        var isArray = field.Children is [{ Index: >= 0 }, ..] || IsEmptyArray(field);
        if (isJson)
        {
            writer.Add((isArray, field.Children.Count) switch
            {
                (true, 0) => "[]" + behind,
                (false, 0) => "{}" + behind,
                (true, _) => "[",
                _ => "{",
            });
        }

        writer.EndLine();
        foreach (var (index, child) in field.Children.Index())
        {
            Print(child, indent + 1, isJson && index < field.Children.Count - 1 ? "," : "", field.Decodings.Length);
            if (writer.IsFull)
            {
                return;
            }
        }

        if (isJson && field.Children.Count > 0)
        {
            writer.Add($"{new string(' ', 2 * Math.Min(indent, DeepestIndent))}{(isArray ? ']' : '}')}{behind}");
            writer.EndLine();
        }
    }

    // Only where the document is the body itself is its place one of a bracket.
    private bool IsEmptyArray(Field field) =>
        field is { Children.Count: 0, Length: 0, Start: >= 0 } && field.Start < plain.Length && plain.Span[field.Start] == (byte)'[';
}
