using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Review.Tests;

/// <summary>Flows and findings about nobody.</summary>
internal static class Invented
{
    public static FlowSummary Flow(long number = 1) => new()
    {
        Number = number,
        Kind = FlowKind.Http,
        Time = Some.Time.AddSeconds(number),
        Method = "POST",
        Scheme = "https",
        Host = "api.shop.example",
        Port = 443,
        Path = "/v1/account",
        Status = 200,
        BytesSent = 312,
        BytesReceived = 12_345,
        Address = "192.0.2.10",
        Country = "SG",
        CountryGrade = CountryGrade.Disputed,
        Recipient = "Shop Holdings",
    };

    public static Finding Finding(string item = "email", string value = "someone.invented@example.com") => new()
    {
        Item = item,
        Detector = Detector.Persona,
        Strength = Strength.A,
        Reason = "The persona's e-mail address in lower case, as SHA-256.",
        Value = value,
        Location = new FindingLocation(MessageKind.Request, MessagePart.Query, "udff[em]", ["percent"]),
        State = FindingState.Hashed,
        Direction = Direction.Collected,
    };

    public static Transfer Transfer() => new(
        "email",
        "Social Platforms",
        ["graph.social.example", "www.social.example"],
        "US",
        CountryGrade.Located,
        ["192.0.2.20"],
        [7, 9],
        Some.Time,
        Some.Time.AddMinutes(3),
        ["before_consent", "checkout"],
        Confidence.Certain,
        null);

    /// <summary>A test identity.</summary>
    public static Persona Persona { get; } = new(
        "tester", [new("email", "someone.invented@example.com"), new("phone", "010-0000-1234"), new("name", "홍길동아무개")]);

    /// <summary>The summary of a flow.</summary>
    public static FlowSummary SummaryOf(FlowRecord flow) => Flow(flow.Metadata.Number) with
    {
        Kind = flow.Metadata.Kind,
        Host = flow.Metadata.Host,
        Method = flow.Request is { } request ? HttpHead.Parse(request.Head.Span).Method : "",
        Path = flow.Request is { } sent ? HttpHead.Parse(sent.Head.Span).Target.Split('?')[0] : "",
    };
}
