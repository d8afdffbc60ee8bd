using System.Collections.Immutable;
using System.Text.Json;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Model;

namespace TrafficAudit.Pipeline;

/// <summary>
/// The personas of a case: every one that was journalled. Classification searches for the values of all of them, so that a flow of an
/// earlier session is never read with only the later session's persona in mind.
/// </summary>
internal static class CasePersonas
{
    /// <summary>Reads them from the journal, in its order.</summary>
    public static IReadOnlyList<Persona> Read(CaseFolder folder) =>
    [
        .. new EvidenceReader(folder).ReadJournal(JournalKinds.Persona)
            .Select(e => e.Content.Deserialize(ModelJson.Default.Persona))
            .OfType<Persona>(),
    ];

    /// <summary>One persona with the values of all.</summary>
    public static Persona Union(IEnumerable<Persona> personas)
    {
        var all = personas.ToList();
        return new Persona(
            string.Join(", ", all.Select(p => p.Name).Distinct(StringComparer.Ordinal)), [.. all.SelectMany(p => p.Values).Distinct()]);
    }

    public static bool Contains(this IEnumerable<Persona> personas, Persona persona) =>
        personas.Any(p => p.Name == persona.Name && p.Values.SequenceEqual(persona.Values));
}
