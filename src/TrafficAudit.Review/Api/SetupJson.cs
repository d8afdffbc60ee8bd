using System.Text.Json.Serialization;
using TrafficAudit.Model;
using TrafficAudit.Review.Setup;

namespace TrafficAudit.Review.Api;

/// <summary>The JSON of <see cref="SetupEndpoints"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SessionStart))]
[JsonSerializable(typeof(IReadOnlyList<CurrentSession>))]
[JsonSerializable(typeof(Persona))]
[JsonSerializable(typeof(IReadOnlyList<PersonaRow>))]
[JsonSerializable(typeof(CaseSettings))]
internal sealed partial class SetupJson : JsonSerializerContext;
