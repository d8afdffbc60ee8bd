using System.Collections.Immutable;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;
using TrafficAudit.Review.Display;

namespace TrafficAudit.Review.Flows;

/// <summary>Makes the tree of what a message was decoded to, with each finding at its field. Used for one message.</summary>
/// <param name="places">The flow's findings.</param>
/// <param name="values">How values are shown.</param>
/// <param name="codings">See <see cref="FindingPlaces.In"/>.</param>
/// <param name="above">See <see cref="FindingPlaces.In"/>.</param>
internal sealed class FieldForest(FindingPlaces places, ShownValues values, int codings = 0, string above = "")
{
    /// <summary>More fields are not read on a page.</summary>
    private const int MostFields = 1_500;

    private const int DeepestLevel = 60;
    private const int LongestName = 120;

    private readonly FoundText _text = new(places, values);
    private int _left = MostFields;

    /// <summary>Whether fields were left out.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The tree of a whole message: its parts, of the header fields those that hold more than text.</summary>
    public ImmutableArray<FieldNode> Of(DecodedMessage decoded)
    {
        var parts = ImmutableArray.CreateBuilder<FieldNode>();
        foreach (var part in decoded.Roots.GroupBy(root => root.Part))
        {
            var roots = part.Where(root => part.Key is not (MessagePart.Header or MessagePart.Path) || root.Children.Count > 0 || places.In(root, codings, above).Count > 0).ToList();
            if (roots is [{ Key: null, Index: < 0 } whole])
            {
                parts.Add(Node(whole, Token.Of(part.Key), 0, 1));
            }
            else if (roots.Count > 0)
            {
                parts.Add(new FieldNode(Token.Of(part.Key), "", "", [], [], Nodes(roots, 0, 1)));
            }
        }

        return parts.ToImmutable();
    }

    private static string Name(Field field) =>
        field.Index >= 0 ? FormattableString.Invariant($"[{field.Index}]")
        : field.Key is null ? ""
        : InertText.Of(field.Key, LongestName);

    private FieldNode Node(Field field, string name, int undone, int level)
    {
        _left--;
        var findings = places.In(field, codings, above);
        var how = string.Join(" › ", field.Decodings.Skip(undone));
        return new FieldNode(name, how, InertText.Of(field.Path), Value(field, findings), [.. findings], Nodes(field.Children, field.Decodings.Length, level + 1));
    }

    private ImmutableArray<FieldNode> Nodes(IEnumerable<Field> fields, int undone, int level)
    {
        var nodes = ImmutableArray.CreateBuilder<FieldNode>();
        foreach (var field in fields)
        {
            if (_left <= 0 || level > DeepestLevel)
            {
                IsCut = true;
                break;
            }

            nodes.Add(Node(field, Name(field), undone, level));
        }

        return nodes.ToImmutable();
    }

    private ImmutableArray<Piece> Value(Field field, IReadOnlyList<int> findings)
    {
        if (field.Kind == FieldKind.Container)
        {
            return [];
        }

        var writer = new SheetWriter(1);
        _text.WriteLeaf(writer, field, findings);
        return [.. writer.Finish().Lines.SelectMany(line => line)];
    }
}
