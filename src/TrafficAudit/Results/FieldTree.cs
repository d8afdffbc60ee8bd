using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>
/// What a message was decoded to, as lines of text: a field beneath the one it came from, with what was undone for it, and each finding beneath the field
/// that it is in. Used for one message.
/// </summary>
internal sealed class FieldTree
{
    private const int MaximumFields = 2_000;
    private const int MaximumText = 4_000;
    private const int MaximumIndent = 40;

    private readonly Dictionary<Place, List<Finding>> _findings = [];
    private readonly StringBuilder _text;
    private readonly bool _reveal;
    private int _left = MaximumFields;
    private int _omitted;

    /// <summary>A tree that is written to <paramref name="text"/>.</summary>
    /// <param name="text">What is written to.</param>
    /// <param name="findings">The message's findings.</param>
    /// <param name="reveal">Whether values are shown unmasked.</param>
    public FieldTree(StringBuilder text, IEnumerable<Finding> findings, bool reveal)
    {
        _text = text;
        _reveal = reveal;
        foreach (var finding in findings)
        {
            ref var ofPlace = ref CollectionsMarshal.GetValueRefOrAddDefault(_findings, Place.Of(finding.Location), out _);
            (ofPlace ??= []).Add(finding);
        }
    }

    /// <summary>What stands before the fields' paths in those of the findings: the place of one message among many.</summary>
    public string Above { get; set; } = "";

    /// <summary>Writes some fields beneath a title; a single one without a name of its own has the title as its name.</summary>
    public void AppendAll(string title, IReadOnlyList<Field> roots, int indent = 1)
    {
        if (roots is [{ Key: null, Index: < 0 } whole])
        {
            Append(title, whole, indent, []);
        }
        else if (roots.Count > 0)
        {
            _text.AppendLine(Line(indent, title));
            foreach (var root in roots)
            {
                Append(Name(root), root, indent + 1, []);
            }
        }
    }

    /// <summary>Writes what is beneath a field that is shown already: its findings and what it was decoded to.</summary>
    public void AppendBelow(Field field, int indent)
    {
        foreach (var finding in Take(field))
        {
            _text.AppendLine(Line(indent + 1, $"◆ {Facts(finding)}{Part(finding, field)}: {finding.Reason}"));
        }

        foreach (var child in field.Children)
        {
            Append(Name(child), child, indent + 1, field.Decodings);
        }
    }

    /// <summary>Writes the findings whose field is not in the tree: a rule decoded it in its own way, or the tree was too long.</summary>
    public void AppendRest()
    {
        if (_omitted > 0)
        {
            _text.AppendLine(CultureInfo.InvariantCulture, $"  … and {_omitted} more fields");
        }

        foreach (var finding in _findings.Values.SelectMany(findings => findings))
        {
            var how = How(finding.Location.Decodings.AsSpan());
            _text.AppendLine(Line(
                1, $"◆ {Facts(finding)} in {Token.Of(finding.Location.Part)} {finding.Location.Path}{how} = {Shown(finding.Value)}: {finding.Reason}"));
        }
    }

    private static string Facts(Finding finding)
    {
        var facts = $"{finding.Item} ({Token.Of(finding.Confidence)}, {Token.Of(finding.State)})";
        return finding.Encodings.IsEmpty ? facts : $"{facts} [{string.Join(" › ", finding.Encodings)}]";
    }

    private static string How(ReadOnlySpan<string> decodings) => decodings.IsEmpty ? "" : $" [{string.Join(" › ", decodings!)}]";

    private static string Line(int indent, string text) => PlainText.Of($"{new string(' ', Math.Min(2 * indent, MaximumIndent))}{text}");

    // As a path has it, so that the lines above can be read as one.
    private static string Name(Field field) =>
        field.Index >= 0 ? string.Create(CultureInfo.InvariantCulture, $"[{field.Index}]")
        : field.Key is null ? "↳"
        : field.Key.Contains('.', StringComparison.Ordinal) ? $"\"{field.Key}\""
        : field.Key;

    private static int CountBelow(Field field) => field.Children.Count + field.Children.Sum(CountBelow);

    private void Append(string name, Field field, int indent, ImmutableArray<string> undone)
    {
        if (_left == 0)
        {
            _omitted += 1 + CountBelow(field);
            return;
        }

        _left--;
        var how = field.Decodings.AsSpan();
        how = how.StartsWith(undone.AsSpan()) ? how[undone.Length..] : how;
        var content = field.Kind switch
        {
            FieldKind.Container => "",
            FieldKind.Undecoded => string.Create(CultureInfo.InvariantCulture, $" = {field.Bytes.Length} undecoded bytes, entropy {field.Entropy:F1} of 8 bits a byte"),
            _ => $" = {Shown(field.Text ?? "")}",
        };
        _text.AppendLine(Line(indent, $"{name}{How(how)}{content}"));
        AppendBelow(field, indent);
    }

    // A finding that is all of its field says nothing of its value that the line above does not.
    private string Part(Finding finding, Field field) => field.Text?.Trim() == finding.Value || field.Text is null ? "" : $" = {Shown(finding.Value)}";

    private string Shown(string value) =>
        !_reveal ? MaskedValue.Of(value)
        : value.Length <= MaximumText ? value
        : value[..MaximumText] + "…";

    private List<Finding> Take(Field field) =>
        _findings.Count > 0 && _findings.Remove(Place.Of(field.Location.Within(Above)), out var findings) ? findings : [];

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(MessagePart Part, string Path, string Decodings)
    {
        public static Place Of(FindingLocation location) => new(location.Part, location.Path, string.Join(' ', location.Decodings));
    }
}
