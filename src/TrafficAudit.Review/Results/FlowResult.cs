using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Results;

/// <summary>A flow as <c>flows --format ndjson</c> has it.</summary>
public sealed record FlowResult(
    long Flow, DateTime Time, FlowKind Kind, string? Session, string? Phase, string? Device, string Method, string Scheme, string Host, int Port,
    string Path, int? Status, string MediaType, long BytesSent, long BytesReceived, double? DurationMs, string? Ip, string? Country,
    CountryGrade CountryGrade, string Recipient, string? Cloaks, FlowFailure? Failure, bool DecodingTruncated, long Messages, bool Erased,
    string? RecipientCountry, string? GroupCountry, string? Carrier, bool ResolvedLater, string? Profile, CountryStanding? Standing)
{
    /// <param name="f">The flow.</param>
    /// <param name="profile">By whose rules its country is judged; null for nobody's.</param>
    public static FlowResult Of(FlowSummary f, JurisdictionProfile? profile) => new(
        f.Number, f.Time.UtcDateTime, f.Kind, f.Session, f.Phase, f.Device, f.Method, f.Scheme, f.Host, f.Port, f.Path, f.Status, f.MediaType,
        f.BytesSent, f.BytesReceived, f.Duration?.TotalMilliseconds, f.Address, f.Country, f.CountryGrade, f.Recipient, f.Cloaks, f.Failure, f.DecodingTruncated,
        f.Messages, f.IsErased, f.RecipientCountry, f.GroupCountry, f.Carrier, f.IsResolvedLater, profile?.Id,
        profile?.Judge(f.Country, DateOnly.FromDateTime(f.Time.UtcDateTime)).Standing);
}
