using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Personas;

/// <summary>How much a hit of a known form says.</summary>
internal enum NeedleWeight
{
    /// <summary>20 bits or more: a hit anywhere is certain.</summary>
    Strong,

    /// <summary>Fewer bits, or an item of few values: a hit counts as a whole leaf, or under a key that names the item.</summary>
    Weak,

    /// <summary>Too few bits, or merely a part of a value: a hit counts under a key that names the item.</summary>
    Feeble,
}

/// <summary>One known form to search for.</summary>
/// <param name="Item">The item's slug.</param>
/// <param name="Form">The form.</param>
/// <param name="Weight">What a hit says.</param>
internal sealed record Needle(string Item, KnownForm Form, NeedleWeight Weight)
{
    private const double StrongBits = 20;
    private const double WholeLeafBits = 16;

    /// <summary>Weighs one form of a known value.</summary>
    public static Needle Of(PersonaValue value, KnownForm form)
    {
        var bits = Bits(form.Text);
        var isWeakItem = ItemTaxonomy.Find(value.Item)?.IsWeak ?? false;
        var weight = form.IsPart || bits < WholeLeafBits ? NeedleWeight.Feeble
            : isWeakItem || bits < StrongBits ? NeedleWeight.Weak
            : NeedleWeight.Strong;
        return new Needle(value.Item, form, weight);
    }

    /// <summary>
    /// A careful guess at how many bits a text is worth to somebody who knows its kind: words are worth less than random letters, so a
    /// Latin letter counts 3, a digit 3.3, a Hangul syllable 7, a letter of another script 7, a jamo 3, anything else nothing.
    /// </summary>
    internal static double Bits(string text)
    {
        var bits = 0.0;
        foreach (var c in text)
        {
            bits += c switch
            {
                >= '0' and <= '9' => 3.3,
                _ when char.IsAsciiLetter(c) => 3,
                >= '\u1100' and <= '\u11FF' => 3,
                _ when char.IsLetter(c) => 7,
                _ => 0,
            };
        }

        return bits;
    }
}
