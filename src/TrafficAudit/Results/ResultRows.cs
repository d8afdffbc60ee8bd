using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>A finding as the contract of <c>findings --format json</c> has it.</summary>
internal sealed record FindingRow(
    long Flow, DateTime Time, string Item, Detector Detector, Confidence Confidence, string Reason, string Value, FindingPlace Location,
    ImmutableArray<string> Encodings, FindingState State, Direction Direction, ImmutableArray<string> Flags, string Host, string Recipient,
    string? Ip, string? Country, CountryGrade CountryGrade, string? Phase, bool ResolvedLater, DecisionState Decision,
    string? DecisionReason, ImmutableArray<string> DecidedBy, string? AssignedTo, ImmutableArray<string> Tags)
{
    public static FindingRow Of(FlowSummary flow, Finding finding, Judgement judgement, bool reveal) => new(
        flow.Number, flow.Time.UtcDateTime, finding.Item, finding.Detector, finding.Confidence, finding.Reason,
        reveal ? finding.Value : MaskedValue.Of(finding.Value), FindingPlace.Of(finding.Location), finding.Encodings, finding.State,
        finding.Direction, finding.Flags, flow.Host, flow.Recipient, flow.Address, flow.Country, flow.CountryGrade, flow.Phase, flow.IsResolvedLater,
        judgement.State, judgement.Reason, judgement.By, judgement.Assignee, judgement.Tags);
}

/// <summary>Where a finding lies, as the contract has it.</summary>
internal sealed record FindingPlace(MessageKind Message, MessagePart Part, string Path, ImmutableArray<string> Decodings)
{
    public static FindingPlace Of(FindingLocation location) => new(location.Message, location.Part, location.Path, location.Decodings);

    public override string ToString() => $"{Token.Of(Message)} {Token.Of(Part)} {Path}".TrimEnd();
}

/// <summary>A transfer as the contract of <c>transfers --format json</c> has it.</summary>
internal sealed record TransferRow(
    string Item, string Recipient, ImmutableArray<string> Hosts, string? Country, CountryGrade CountryGrade, ImmutableArray<string> Destinations,
    ImmutableArray<long> Flows, DateTime First, DateTime Last, ImmutableArray<string> Phases, Confidence Confidence, string? Verdict,
    string? RecipientCountry, string? GroupCountry, ImmutableArray<string> Carriers, long Findings, long BytesSent, bool ResolvedLater, string Profile,
    CountryStanding Standing, string? StandingCondition, CountryStanding FirstStanding, CountryStanding RecipientStanding, CountryStanding GroupStanding,
    DecisionState Decision, string? DecisionReason, ImmutableArray<string> DecidedBy, string? AssignedTo, ImmutableArray<string> Tags, long RejectedFindings)
{
    public static TransferRow Of(Transfer t, JurisdictionProfile profile)
    {
        // The law may change between the first flow and the last: both days' answers are given.
        var (standing, row) = StandingOf(t.Country, t.Last);
        return new TransferRow(
            t.Item, t.Recipient, t.Hosts, t.Country, t.CountryGrade, t.Destinations, t.Flows, t.First.UtcDateTime, t.Last.UtcDateTime, t.Phases,
            t.Confidence, t.Verdict, t.RecipientCountry, t.GroupCountry, t.Carriers, t.Findings, t.BytesSent, t.IsResolvedLater, profile.Id,
            standing, row?.Condition, StandingOf(t.Country, t.First).Standing, StandingOf(t.RecipientCountry, t.Last).Standing, StandingOf(t.GroupCountry, t.Last).Standing,
            t.Judgement.State, t.Judgement.Reason, t.Judgement.By, t.Judgement.Assignee, t.Judgement.Tags, t.RejectedFindings);

        (CountryStanding Standing, JurisdictionRow? Row) StandingOf(string? country, DateTimeOffset time) =>
            profile.Judge(country, DateOnly.FromDateTime(time.UtcDateTime), t.Item);
    }
}

/// <summary>A flow as <c>flows --format ndjson</c> has it.</summary>
internal sealed record FlowRow(
    long Flow, DateTime Time, FlowKind Kind, string? Session, string? Phase, string? Device, string Method, string Scheme, string Host, int Port,
    string Path, int? Status, string MediaType, long BytesSent, long BytesReceived, double? DurationMs, string? Ip, string? Country,
    CountryGrade CountryGrade, string Recipient, string? Cloaks, FlowFailure? Failure, bool DecodingTruncated, long Messages, bool Erased,
    string? RecipientCountry, string? GroupCountry, string? Carrier, bool ResolvedLater, string? Profile, CountryStanding? Standing)
{
    /// <param name="f">The flow.</param>
    /// <param name="profile">By whose rules its country is judged; null for nobody's.</param>
    public static FlowRow Of(FlowSummary f, JurisdictionProfile? profile) => new(
        f.Number, f.Time.UtcDateTime, f.Kind, f.Session, f.Phase, f.Device, f.Method, f.Scheme, f.Host, f.Port, f.Path, f.Status, f.MediaType,
        f.BytesSent, f.BytesReceived, f.Duration?.TotalMilliseconds, f.Address, f.Country, f.CountryGrade, f.Recipient, f.Cloaks, f.Failure, f.DecodingTruncated,
        f.Messages, f.IsErased, f.RecipientCountry, f.GroupCountry, f.Carrier, f.IsResolvedLater, profile?.Id,
        profile?.Judge(f.Country, DateOnly.FromDateTime(f.Time.UtcDateTime)).Standing);
}

/// <summary>How much could be read, as <c>coverage --format json</c> has it: in all, and per host.</summary>
internal sealed record CoverageRow(CoverageCountsRow Total, ImmutableArray<HostCoverageRow> Hosts)
{
    public static CoverageRow Of(Coverage c) =>
        new(CoverageCountsRow.Of(c.Total), [.. c.Hosts.Select(h => new HostCoverageRow(h.Host, CoverageCountsRow.Of(h.Counts)))]);
}

/// <summary>How much could be read of one host.</summary>
internal sealed record HostCoverageRow(string Host, CoverageCountsRow Counts);

/// <summary>Counts of connections, exchanges and bytes; the three lists say why.</summary>
internal sealed record CoverageCountsRow(
    long ConnectionsRead, long ConnectionsUnread, long ConnectionsFailed, int? ReadPercent, long ExchangesRead, long ExchangesPartlyRead,
    long ExchangesFailed, long ExchangesImported, long BytesReadSent, long BytesReadReceived, long BytesUnreadSent, long BytesUnreadReceived,
    ImmutableArray<CoverageReason> Unread, ImmutableArray<CoverageReason> Failed, ImmutableArray<CoverageReason> PartlyRead)
{
    public static CoverageCountsRow Of(CoverageCounts c) => new(
        c.ConnectionsRead, c.ConnectionsUnread, c.ConnectionsFailed, c.ReadPercent, c.ExchangesRead, c.ExchangesPartlyRead, c.ExchangesFailed,
        c.ExchangesImported, c.BytesReadSent, c.BytesReadReceived, c.BytesUnreadSent, c.BytesUnreadReceived, c.Unread, c.Failed, c.PartlyRead);
}

/// <summary>The one JSON form of results: snake_case; nulls are written, so that every object has every key.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DecisionHistoryRow))]
[JsonSerializable(typeof(FindingRow))]
[JsonSerializable(typeof(TransferRow))]
[JsonSerializable(typeof(FlowRow))]
[JsonSerializable(typeof(CoverageRow))]
internal sealed partial class ResultJson : JsonSerializerContext;
