using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Results;

/// <summary>A finding as the contract of <c>findings --format json</c> has it.</summary>
public sealed record FindingResult(
    long Flow, DateTime Time, string Item, Detector Detector, Confidence Confidence, string Reason, string Value, FindingPlace Location,
    ImmutableArray<string> Encodings, FindingState State, Direction Direction, ImmutableArray<string> Flags, string Host, string Recipient,
    string? Ip, string? Country, CountryGrade CountryGrade, string? Phase, bool ResolvedLater, DecisionState Decision,
    string? DecisionReason, ImmutableArray<string> DecidedBy, string? AssignedTo, ImmutableArray<string> Tags)
{
    public static FindingResult Of(FlowSummary flow, Finding finding, Judgement judgement, bool reveal) => new(
        flow.Number, flow.Time.UtcDateTime, finding.Item, finding.Detector, finding.Confidence, finding.Reason,
        reveal ? finding.Value : MaskedValue.Of(finding.Value), FindingPlace.Of(finding.Location), finding.Encodings, finding.State,
        finding.Direction, finding.Flags, flow.Host, flow.Recipient, flow.Address, flow.Country, flow.CountryGrade, flow.Phase, flow.IsResolvedLater,
        judgement.State, judgement.Reason, judgement.By, judgement.Assignee, judgement.Tags);
}
