using System.Text.Json;
using System.Text.RegularExpressions;
using TrafficAudit.Geolocation.Recipients;

namespace TrafficAudit.Geolocation.Tests.Recipients;

/// <summary>Every host of the TrackHAR collection (CC0, <c>trackhar-SOURCE.md</c>) is its company's.</summary>
public sealed class TrackerEndpointTests
{
    private static readonly RecipientDirectory Embedded = RecipientDirectory.Load(folder: null);

    /// <summary>TrackHAR's names, and those of the directory: of the company or of its brands.</summary>
    private static readonly Dictionary<string, string[]> Companies = new(StringComparer.Ordinal)
    {
        ["AdColony, Inc."] = ["AdColony"],
        ["Adagio (Onfocus SAS)"] = ["Adagio"],
        ["Adform A/S"] = ["Adform"],
        ["Adjust GmbH"] = ["Adjust"],
        ["Apple Distribution International Ltd."] = ["Apple"],
        ["Branch Metrics, Inc."] = ["Branch"],
        ["Chartboost, Inc."] = ["Chartboost"],
        ["Criteo"] = ["Criteo"],
        ["Equativ (formerly Smart AdServer)"] = ["Equativ"],
        ["Facebook"] = ["Meta Platforms"],
        ["Google LLC"] = ["Google", "Google Ads", "Google Analytics"],
        ["ID5 Technology Ltd."] = ["ID5"],
        ["INFOnline GmbH"] = ["INFOnline"],
        ["Index Exchange (formerly Casale Media)"] = ["Index Exchange"],
        ["KIDOZ Ltd."] = ["KIDOZ"],
        ["Magnite, Inc. (formerly The Rubicon Project)"] = ["Magnite"],
        ["Media.Net Advertising FZ-LLC"] = ["Media.net"],
        ["Microsoft Ireland Operations Ltd."] = ["Microsoft", "Xandr"],
        ["MoPub"] = ["MoPub"],
        ["OneSignal, Inc."] = ["OneSignal"],
        ["OpenX Poland sp. z o.o."] = ["OpenX"],
        ["Outbrain Inc."] = ["Outbrain"],
        ["PubMatic, Inc."] = ["PubMatic"],
        ["Rayjump"] = ["Mintegral"],
        ["Singular Labs, Inc."] = ["Singular"],
        ["SmartBear Software"] = ["Bugsnag"],
        ["Start.io Inc."] = ["Start.io"],
        ["Taboola, Inc."] = ["Taboola"],
        ["Unity Technologies ApS"] = ["Unity"],
        ["Vungle Limited"] = ["Vungle"],
        ["Yandex Oy"] = ["Yandex"],
        ["ironSource Ltd."] = ["ironSource"],
    };

    public static TheoryData<string, string> Hosts
    {
        get
        {
            using var data = typeof(TrackerEndpointTests).Assembly.GetManifestResourceStream("trackhar.json")!;
            using var pack = JsonDocument.Parse(data);
            var hosts = pack.RootElement.GetProperty("rules").EnumerateArray()
                .SelectMany(rule => rule.GetProperty("endpoints").EnumerateArray().Select(endpoint => (rule.GetProperty("recipient").GetString()!, HostOf(endpoint))))
                .Distinct();
            return [.. hosts];
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void TrackersHost_IsItsCompanys(string company, string host)
    {
        Assert.Contains(Embedded.Find(host, metadata: null, lookup: null).Name, Companies[company]);

        // The same host under somebody else's domain, and a longer name that only looks like it, are not.
        Assert.Null(Embedded.Match($"{host}.evil.example"));
        Assert.NotEqual(Embedded.Match(host)!.Suffix, Embedded.Match($"not{Embedded.Match(host)!.Suffix}")?.Suffix);
    }

    [Fact]
    public void Collection_IsThere() => Assert.InRange(Hosts.Count, 80, 500);

    private static string HostOf(JsonElement endpoint)
    {
        if (endpoint.ValueKind == JsonValueKind.String)
        {
            return endpoint.GetString()!.Split('/')[0].Replace("*", "x", StringComparison.Ordinal);
        }

        if (endpoint.TryGetProperty("host", out var whole))
        {
            return whole.GetString()!;
        }

        // One of the names that the pattern matches.
        var pattern = endpoint.GetProperty("hostPattern").GetString()!;
        var host = pattern;
        foreach (var (part, name) in new[]
        {
            ("(android|ios)?", "android"), ("(www|web)", "web"), ("(\\.eu)?", ".eu"), ("(com|net\\.in|world)", "net.in"), ("[a-z]{2,3}(\\.[a-z]{2})?", "com.br"), ("\\d-?\\d", "3-1"), ("\\d", "1"), ("i2?", "i2"),
            ("s?image", "simage"), (".+", "x"), ("\\.", "."), ("^", ""), ("$", ""),
        })
        {
            host = host.Replace(part, name, StringComparison.Ordinal);
        }

        Assert.Matches(new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)), host);
        return host;
    }
}
