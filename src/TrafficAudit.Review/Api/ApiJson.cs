using System.Text.Json;
using System.Text.Json.Serialization;
using TrafficAudit.Assessment.Notes;
using TrafficAudit.Model;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Results;
using TrafficAudit.Review.Setup;

namespace TrafficAudit.Review.Api;

/// <summary>The JSON of the API: snake_case; nulls are written, so that every object has every key.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(StatusReply))]
[JsonSerializable(typeof(CountersReply))]
[JsonSerializable(typeof(FlowReply))]
[JsonSerializable(typeof(ListReply<FlowResult>))]
[JsonSerializable(typeof(ListReply<FindingResult>))]
[JsonSerializable(typeof(ListReply<TransferResult>))]
[JsonSerializable(typeof(ListReply<SessionReply>))]
[JsonSerializable(typeof(ListReply<DecisionResult>))]
[JsonSerializable(typeof(ListReply<DeviceRow>))]
[JsonSerializable(typeof(ListReply<User>))]
[JsonSerializable(typeof(ListReply<ClientToken>))]
[JsonSerializable(typeof(ListReply<SavedFilter>))]
[JsonSerializable(typeof(NewFilterRequest))]
[JsonSerializable(typeof(SessionStart))]
[JsonSerializable(typeof(ListReply<CurrentSession>))]
[JsonSerializable(typeof(Persona))]
[JsonSerializable(typeof(ListReply<PersonaRow>))]
[JsonSerializable(typeof(CaseSettings))]
[JsonSerializable(typeof(MissedReply))]
[JsonSerializable(typeof(SearchRequest))]
[JsonSerializable(typeof(SearchReply))]
[JsonSerializable(typeof(PhaseRequest))]
[JsonSerializable(typeof(SealRequest))]
[JsonSerializable(typeof(DeviceNameRequest))]
[JsonSerializable(typeof(NewUserRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(RoleRequest))]
[JsonSerializable(typeof(NewTokenRequest))]
[JsonSerializable(typeof(NewTokenReply))]
[JsonSerializable(typeof(DecisionMessage))]
[JsonSerializable(typeof(ByMessage))]
[JsonSerializable(typeof(ReviewersMessage))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>As everything is written: Korean is not escaped (<see cref="ReadableJson"/>).</summary>
    public static ApiJson Written { get; } =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = ReadableJson.Encoder });

    /// <summary>As bodies of requests are read: a key that is missing, null or misspelt is refused, where it would otherwise be left out unseen.</summary>
    public static ApiJson Read { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });
}
