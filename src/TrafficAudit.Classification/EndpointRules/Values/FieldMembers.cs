using System.Globalization;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules.Values;

/// <summary>A field's members as a rule sees them: those of the document in it, however many layers it was wrapped in.</summary>
internal static class FieldMembers
{
    /// <summary>The keyed or numbered fields in <paramref name="field"/>.</summary>
    public static IReadOnlyList<Field> Of(Field? field)
    {
        while (field is { Children: [{ Key: null, Index: < 0 } inner, ..] })
        {
            field = inner;
        }

        return field?.Children ?? [];
    }

    /// <summary>The field that <paramref name="field"/> decoded to, all layers undone; itself when it was not decoded further.</summary>
    public static Field Innermost(Field field)
    {
        while (field.Children is [{ Key: null, Index: < 0 } inner, ..])
        {
            field = inner;
        }

        return field;
    }

    /// <summary>Whether a member goes by this name: a header's in any case, an element's is its position.</summary>
    public static bool IsNamed(Field member, string name)
    {
        if (member.Key is { } key)
        {
            return member.Part == MessagePart.Header && member.Parent is null ? key.Equals(name, StringComparison.OrdinalIgnoreCase) : key == name;
        }

        return member.Index >= 0 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index == member.Index;
    }

    /// <summary>The leaves at or under <paramref name="field"/> that hold a value.</summary>
    public static IEnumerable<Field> Leaves(Field field)
    {
        var left = new Stack<Field>([field]);
        while (left.TryPop(out var next))
        {
            if (next.Kind is FieldKind.Text or FieldKind.Number or FieldKind.Boolean)
            {
                yield return next;
            }
            else
            {
                for (var i = next.Children.Count - 1; i >= 0; i--)
                {
                    left.Push(next.Children[i]);
                }
            }
        }
    }
}
