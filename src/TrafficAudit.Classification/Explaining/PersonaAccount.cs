using TrafficAudit.Classification.Detection;
using TrafficAudit.Classification.Personas;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Explaining;

/// <summary>Says why no known value was found in a text: it is not there, or it is and does not count.</summary>
internal static class PersonaAccount
{
    /// <summary>Writes it down.</summary>
    public static void Write(FieldNotes notes, PersonaNeedles needles, string text, in KeyContext key)
    {
        if (needles.All.Count == 0)
        {
            notes.Add(Detector.Persona, "The case has no persona: no known value was looked for.");
            return;
        }

        var items = new HashSet<string>(StringComparer.Ordinal);
        foreach (var needle in needles.All)
        {
            if (text.IndexOf(needle.Form.Text, StringComparison.OrdinalIgnoreCase) is >= 0 and var at && items.Add(needle.Item))
            {
                notes.Add(Detector.Persona, Near(needle, text, at, key));
            }
        }

        if (items.Count == 0)
        {
            notes.Add(
                Detector.Persona,
                $"None of the persona's values is in the text: neither one of their {needles.All.Count} forms nor a digest of one.");
        }
    }

    private static string Near(Needle needle, string text, int at, in KeyContext key)
    {
        var name = ItemTaxonomy.EnglishName(needle.Item);
        if (!HitBorders.AreFree(text, at, needle.Form.Text.Length, needle.Item))
        {
            return $"A form of the persona's {name} stands inside a longer word or number, which is chance.";
        }

        var lack = !key.Names(needle.Item) ? "which this one does not" : "and here that is a thing's, a company's or a filter's";
        return $"A form of the persona's {name} is in the text; it is too short or too common to count unless the key names it, {lack}.";
    }
}
