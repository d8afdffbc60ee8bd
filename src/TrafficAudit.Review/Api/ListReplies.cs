using TrafficAudit.Model;
using TrafficAudit.Review.Display;

namespace TrafficAudit.Review.Api;

/// <summary>Answer of <c>GET /api/v1/counters</c>.</summary>
internal sealed record CountersReply(long Flows, long Findings, long Failures, int? ReadPercent, int? Waiting, long? DiskFree)
{
    public static CountersReply Of(ReviewCounters c) => new(c.Flows, c.Findings, c.Failures, c.ReadPercent, c.Recording?.Waiting, c.Recording?.DiskFree);
}

/// <summary>Answer of <c>GET /api/v1/flows</c>; the cursor is null on the last page.</summary>
internal sealed record FlowListReply(IReadOnlyList<FlowItemReply> Flows, string? Next);

/// <summary>A flow in a list and in an event; what is secret in its path is masked.</summary>
internal sealed record FlowItemReply(
    long Number, DateTimeOffset Time, string Kind, string? Session, string? Phase, string? Device, string? App, string Method, string Scheme, string Host, int Port,
    string Path, int? Status, string MediaType, long BytesSent, long BytesReceived, string? Address, string? Country, string CountryGrade, string Recipient,
    string? RecipientCountry, string? GroupCountry, string? Carrier, string? Cloaks, string? Failure, long Messages, bool Erased, IReadOnlyList<string> Items)
{
    public static FlowItemReply Of(FlowRow row)
    {
        var f = row.Flow;
        return new FlowItemReply(
            f.Number, f.Time, Token.Of(f.Kind), f.Session, f.Phase, f.Device, row.Session?.App, f.Method, f.Scheme, f.Host, f.Port, FlowText.Path(row), f.Status, f.MediaType,
            f.BytesSent, f.BytesReceived, f.Address, f.Country, Token.Of(f.CountryGrade), f.Recipient, f.RecipientCountry, f.GroupCountry, f.Carrier, f.Cloaks,
            f.Failure is { } failure ? Token.Of(failure) : null, f.Messages, f.IsErased, row.Items);
    }
}

/// <summary>Answer of <c>GET /api/v1/findings</c>; the cursor is null on the last page.</summary>
internal sealed record FindingListReply(IReadOnlyList<FindingItemReply> Findings, string? Next);

/// <summary>A finding in a list, its value masked.</summary>
internal sealed record FindingItemReply(
    long Flow, DateTimeOffset Time, string Item, string Detector, string Confidence, string State, string Direction, string Value, string Reason, string Message,
    string Part, string Path, string Host, string Recipient, string? Country, string CountryGrade, string? Phase)
{
    public static FindingItemReply Of(FlowSummary flow, Finding f) => new(
        flow.Number, flow.Time, f.Item, Token.Of(f.Detector), Token.Of(f.Confidence), Token.Of(f.State), Token.Of(f.Direction), MaskedValue.Of(f.Value), f.Reason,
        Token.Of(f.Location.Message), Token.Of(f.Location.Part), f.Location.Path, flow.Host, flow.Recipient, flow.Country, Token.Of(flow.CountryGrade), flow.Phase);
}

/// <summary>Answer of <c>GET /api/v1/transfers</c>.</summary>
internal sealed record TransferListReply(IReadOnlyList<TransferItemReply> Transfers);

/// <summary>A transfer in a list.</summary>
internal sealed record TransferItemReply(
    string Item, string Recipient, IReadOnlyList<string> Hosts, string? Country, string CountryGrade, string? RecipientCountry, string? GroupCountry, DateTimeOffset First,
    DateTimeOffset Last, IReadOnlyList<string> Phases, string Confidence, long Findings, long BytesSent)
{
    public static TransferItemReply Of(Transfer t) => new(
        t.Item, t.Recipient, t.Hosts, t.Country, Token.Of(t.CountryGrade), t.RecipientCountry, t.GroupCountry, t.First, t.Last, t.Phases, Token.Of(t.Confidence), t.Findings,
        t.BytesSent);
}
