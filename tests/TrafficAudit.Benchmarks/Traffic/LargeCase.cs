using TrafficAudit.Model;

namespace TrafficAudit.Benchmarks.Traffic;

/// <summary>The flows of a large case, all invented: 400 hosts, five countries, eight items.</summary>
internal static class LargeCase
{
    private const int Hosts = 400;

    private static readonly string[] Items = ["phone", "email", "postal_address", "gaid", "device_model", "app_set_id", "locale", "customs_code"];
    private static readonly string[] Countries = ["KR", "CN", "SG", "US", "DE"];

    public static AnalyzedFlow Flow(int number, int findings)
    {
        var host = number % Hosts * 7919 % Hosts;
        return new AnalyzedFlow(
            new FlowSummary
            {
                Number = number,
                Kind = FlowKind.Http,
                Time = DateTimeOffset.UnixEpoch.AddSeconds(number),
                Method = "POST",
                Scheme = "https",
                Host = $"api{host}.example.com",
                Port = 443,
                Path = "/collect",
                Session = "s1",
                Phase = number % 2 == 0 ? "browse" : "checkout",
                Address = $"192.0.2.{host % 256}",
                Country = Countries[host % Countries.Length],
                CountryGrade = CountryGrade.Located,
                Recipient = $"Company {host / 2}",
                BytesSent = 1000,
            },
            [.. Enumerable.Range(0, findings).Select(i => Finding(Items[(number + i) % Items.Length]))]);
    }

    private static Finding Finding(string item) => new()
    {
        Item = item,
        Detector = Detector.Persona,
        Strength = Strength.A,
        Reason = "measured",
        Value = "",
        Location = new FindingLocation(MessageKind.Request, MessagePart.Body, item, []),
        State = FindingState.Clear,
        Direction = Direction.Collected,
    };
}
