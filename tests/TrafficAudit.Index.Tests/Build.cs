using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

/// <summary>Analysed flows and their findings, all invented.</summary>
internal static class Build
{
    public static FlowSummary Summary(long number, string host = "api.shop.example") => new()
    {
        Number = number,
        Kind = FlowKind.Http,
        Time = Some.Time.AddSeconds(number),
        Duration = TimeSpan.FromMilliseconds(120),
        Session = "s1",
        Phase = "browse",
        Device = "phone-1",
        Method = "POST",
        Scheme = "https",
        Host = host,
        Port = 443,
        Path = "/v1/items",
        Status = 200,
        MediaType = "application/json",
        BytesSent = 120,
        BytesReceived = 4096,
        Address = "192.0.2.10",
        Country = "CN",
        CountryGrade = CountryGrade.Located,
        Recipient = "Shop Example",
    };

    public static Finding Finding(
        string item = "phone",
        Strength strength = Strength.A,
        Direction direction = Direction.Collected,
        FindingState state = FindingState.Clear,
        string value = "010-0000-0000") => new()
        {
            Item = item,
            Detector = Detector.Persona,
            Strength = strength,
            Reason = "the persona's value stands here",
            Value = value,
            Location = new FindingLocation(MessageKind.Request, MessagePart.Body, "user.tel", ["gzip", "json"], 10, 13),
            Encodings = ["lowercase", "sha256"],
            State = state,
            Direction = direction,
            Flags = ["sent_unencrypted"],
        };

    public static AnalyzedFlow Flow(long number, params Finding[] findings) => new(Summary(number), findings);

    public static AnalyzedFlow Flow(FlowSummary summary, params Finding[] findings) => new(summary, findings);

    /// <summary>One of many flows as traffic has them: few hosts, many paths, three findings in every third flow.</summary>
    public static AnalyzedFlow Typical(long number)
    {
        var site = number % 40;
        var summary = Summary(number, $"h{site}.site{site % 15}.example") with
        {
            Path = $"/v1/items/{number}/view",
            Country = (site % 4) switch { 0 => "CN", 1 => "SG", 2 => "US", _ => null },
            Address = $"192.0.2.{site}",
            Recipient = $"Company {site % 15}",
            Status = number % 10 == 0 ? 404 : 200,
        };
        return number % 3 == 0
            ? new AnalyzedFlow(summary, [Finding(), Finding("email", Strength.D), Finding("gaid", Strength.F)])
            : new AnalyzedFlow(summary, []);
    }
}
