using System.Collections.Immutable;
using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Results;

/// <summary>A transfer as the contract of <c>transfers --format json</c> has it.</summary>
public sealed record TransferResult(
    string Item, string Recipient, ImmutableArray<string> Hosts, string? Country, CountryGrade CountryGrade, ImmutableArray<string> Destinations,
    ImmutableArray<long> Flows, DateTime First, DateTime Last, ImmutableArray<string> Phases, Confidence Confidence, string? Verdict,
    string? RecipientCountry, string? GroupCountry, ImmutableArray<string> Carriers, long Findings, long BytesSent, bool ResolvedLater, string Profile,
    CountryStanding Standing, string? StandingCondition, CountryStanding FirstStanding, CountryStanding RecipientStanding, CountryStanding GroupStanding,
    DecisionState Decision, string? DecisionReason, ImmutableArray<string> DecidedBy, string? AssignedTo, ImmutableArray<string> Tags, long RejectedFindings)
{
    public static TransferResult Of(Transfer t, JurisdictionProfile profile)
    {
        // The law may change between the first flow and the last: both days' answers are given.
        var (standing, row) = StandingOf(t.Country, t.Last);
        return new TransferResult(
            t.Item, t.Recipient, t.Hosts, t.Country, t.CountryGrade, t.Destinations, t.Flows, t.First.UtcDateTime, t.Last.UtcDateTime, t.Phases,
            t.Confidence, t.Verdict, t.RecipientCountry, t.GroupCountry, t.Carriers, t.Findings, t.BytesSent, t.IsResolvedLater, profile.Id,
            standing, row?.Condition, StandingOf(t.Country, t.First).Standing, StandingOf(t.RecipientCountry, t.Last).Standing, StandingOf(t.GroupCountry, t.Last).Standing,
            t.Judgement.State, t.Judgement.Reason, t.Judgement.By, t.Judgement.Assignee, t.Judgement.Tags, t.RejectedFindings);

        (CountryStanding Standing, JurisdictionRow? Row) StandingOf(string? country, DateTimeOffset time) =>
            profile.Judge(country, DateOnly.FromDateTime(time.UtcDateTime), t.Item);
    }
}
