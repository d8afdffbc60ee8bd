namespace TrafficAudit.Review.Api.Describing;

/// <summary>What an endpoint answers with when what it was asked for can't be carried out.</summary>
/// <param name="Status">404 where something is not there, 409 where the program is not in a state for it.</param>
internal sealed record RejectionStatus(int Status);
