using TrafficAudit.Evidence.Verification;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Api;

/// <summary>Answer of <c>GET /api/v1/flows/NUMBER</c>; every value is masked.</summary>
internal sealed record FlowReply(
    long Number, FlowKind Kind, DateTimeOffset Time, string Scheme, string Host, int Port, string? Failure, FlowMessageReply? Request, FlowMessageReply? Response,
    long Messages, IReadOnlyList<FlowFindingReply> Findings, FlowDestinationReply Destination, FlowRecipientReply Recipient, FlowProof? Evidence);

/// <summary>A message of a flow: the lines of its head, and what is known of its body.</summary>
internal sealed record FlowMessageReply(HeadForm? HeadForm, IReadOnlyList<string> Head, long? BodyLength, string? BodySha256, bool? Complete, IReadOnlyList<string> Decodings);

/// <summary>A finding of a flow.</summary>
internal sealed record FlowFindingReply(
    string Item, Detector Detector, Strength Strength, Confidence Confidence, FindingState State, Direction Direction, bool Counted, string Reason, string Value,
    FindingLocation Location, IReadOnlyList<string> Encodings, IReadOnlyList<string> Flags);

/// <summary>Where a flow went, and what each source says of that.</summary>
internal sealed record FlowDestinationReply(
    string? Address, string? Country, CountryGrade Grade, long? Asn, string? AsOrganization, string? Network, NameResolution? Resolution, IReadOnlyList<Observation> Observations);

/// <summary>Who got it.</summary>
internal sealed record FlowRecipientReply(string Name, string? Country, string? GroupCountry, string? Carrier, string? Cloaks);
