using System.Text.Json.Nodes;
using TrafficAudit.Evidence;
using TrafficAudit.Model;
using TrafficAudit.Review;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Running;

/// <summary>The journal's entry on values that a person is shown (<see cref="JournalKinds.Revealed"/>).</summary>
internal static class RevealedNote
{
    public static JsonObject Of(Person person, Revealing what)
    {
        var note = new JsonObject { ["person"] = person.Name, ["role"] = Token.Of(person.Role), ["view"] = what.View };
        if (!what.Flows.IsEmpty)
        {
            note["flows"] = new JsonArray([.. what.Flows.Select(n => JsonValue.Create(n))]);
        }

        if (what.Persona is not null)
        {
            note["persona"] = what.Persona;
        }

        if (what.Filter is not null)
        {
            note["filter"] = what.Filter;
        }

        return note;
    }
}
