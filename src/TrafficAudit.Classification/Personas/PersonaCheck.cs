using System.Collections.Frozen;
using System.Collections.Immutable;
using TrafficAudit.Classification.Packs;
using TrafficAudit.Classification.Rules;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Personas;

/// <summary>What a hit of a known value would be worth.</summary>
public enum ValueTrust
{
    /// <summary>Rare: a hit anywhere is certain (A).</summary>
    Strong,

    /// <summary>Of an item of few values, or shorter: a hit counts as a whole value or under a key that names the item, and is likely (D).</summary>
    Weak,

    /// <summary>Too short: a hit counts under a key that names the item only.</summary>
    TooShort,

    /// <summary>In use everywhere, or a placeholder: a hit says nothing. Give the persona another one.</summary>
    TooCommon,
}

/// <summary>One value of a persona, judged.</summary>
/// <param name="Item">Its item's slug.</param>
/// <param name="Bits">A careful guess at its worth in bits, for whoever knows what kind of value it is.</param>
/// <param name="Trust">What a hit would be worth.</param>
/// <param name="Remark">One sentence for people.</param>
public sealed record CheckedValue(string Item, double Bits, ValueTrust Trust, string Remark)
{
    /// <summary>Whether it should be replaced. An item that is weak by its nature can't be.</summary>
    public bool IsFault => Trust == ValueTrust.TooCommon || (Trust is ValueTrust.TooShort or ValueTrust.Weak && !(ItemTaxonomy.Find(Item)?.IsWeak ?? false));
}

/// <summary>Says which of a persona's values are too short or too common to be trusted when they are met.</summary>
public static class PersonaCheck
{
    private const int FewDifferent = 3;

    private static readonly FrozenSet<string> Common = EmbeddedYaml.Read("Rules/common-values.yaml").Lists("values").SelectMany(v => v).Select(Plain)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Judges every value, in the persona's order.</summary>
    public static ImmutableArray<CheckedValue> Of(Persona persona)
    {
        ArgumentNullException.ThrowIfNull(persona);
        return [.. persona.Values.Select((value, index) => Of(value, persona.Values.Take(index)))];
    }

    private static CheckedValue Of(PersonaValue value, IEnumerable<PersonaValue> before)
    {
        var form = new KnownForm(value.Value.Trim(), []);
        var bits = Needle.Bits(form.Text);
        var (trust, remark) = WhyCommon(form.Text, value, before) is { } why ? (ValueTrust.TooCommon, why) : Needle.Of(value, form).Weight switch
        {
            NeedleWeight.Strong => (ValueTrust.Strong, "found anywhere, certain"),
            NeedleWeight.Weak when ItemTaxonomy.Find(value.Item) is { IsWeak: true } => (ValueTrust.Weak, "of an item of few values: counts as a whole value or under its key"),
            NeedleWeight.Weak => (ValueTrust.Weak, "short: counts as a whole value or under its key; a longer one would be certain"),
            _ => (ValueTrust.TooShort, "too short: counts under its key only"),
        };
        return new CheckedValue(value.Item, bits, trust, remark);
    }

    private static string? WhyCommon(string text, PersonaValue value, IEnumerable<PersonaValue> before)
    {
        var plain = Plain(text);
        return Common.Contains(plain) ? "in use everywhere as an example; choose another one"
            : Placeholders.BuiltIn.Contains(text) || Placeholders.BuiltIn.IsZeroed(value.Item, text) ? "a placeholder, which senders write when they have nothing"
            : plain.Length >= 6 && plain.Distinct().Count() < FewDifferent && ItemTaxonomy.Find(value.Item) is not { IsWeak: true } ? "made of one or two characters, as placeholders are"
            : before.Any(v => v.Item != value.Item && Plain(v.Value).Equals(plain, StringComparison.OrdinalIgnoreCase))
                ? "the same as another item's value: which of the two was sent can't be told"
            : null;
    }

    private static string Plain(string text) => FormSet.WithoutSeparators(text);
}
