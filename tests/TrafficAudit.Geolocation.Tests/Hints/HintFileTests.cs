using System.Security.Cryptography;
using TrafficAudit.Geolocation.Hints;
using TrafficAudit.Testing;

namespace TrafficAudit.Geolocation.Tests.Hints;

public sealed class HintFileTests : IDisposable
{
    private const string Row = "  source: s\n  as_of: 2026-01-31\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FoldersFile_ReplacesTheEmbeddedOne_AndTheOthersStay()
    {
        Write("edge-headers.yaml", $"headers:\n- header: X-Lab-Edge\n  network: Lab\n  pattern: '^(?<iata>[a-z]+)$'\n{Row}");
        Write("networks.yaml", $"- name: Lab\n  kind: cdn\n  ranges: [192.0.2.0/24]\n{Row}");

        var headers = EdgeHeaders.Load(_folder.Path);
        Assert.Equal("Lab KR ICN", Show.Hints(headers.Read(Show.Head("x-lab-edge: icn\ncf-ray: 0123456789abcdef-ICN"))));
        Assert.Equal("Lab", CarrierNetworks.Load(_folder.Path).Find(System.Net.IPAddress.Parse("192.0.2.255"), null, "", [])?.Name);
        Assert.NotEqual(EdgeHeaders.Load(folder: null).Sha256, headers.Sha256);
        Assert.Equal(HostNameRegions.Load(folder: null).Sha256, HostNameRegions.Load(_folder.Path).Sha256);
    }

    [Fact]
    public void Digest_IsThatOfTheFilesOneAfterTheOther()
    {
        Write("networks.yaml", "[]\n");
        Write("edge-headers.yaml", "headers: []\n");
        Write("airports.csv", "code,country,name,latitude,longitude\n");
        Write("cloud-regions.yaml", "providers: []\n");

        Assert.Equal(Digest("[]\n"), CarrierNetworks.Load(_folder.Path).Sha256);
        Assert.Equal(Digest("code,country,name,latitude,longitude\nproviders: []\n"), HostNameRegions.Load(_folder.Path).Sha256);
        Assert.Equal(Digest("headers: []\ncode,country,name,latitude,longitude\nproviders: []\n"), EdgeHeaders.Load(_folder.Path).Sha256);

        static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void EmptyFiles_SayNothing()
    {
        foreach (var file in new[] { "networks.yaml", "edge-headers.yaml", "airports.csv", "cloud-regions.yaml" })
        {
            Write(file, "");
        }

        Assert.Empty(EdgeHeaders.Load(_folder.Path).Read(Show.Head("cf-ray: 0123456789abcdef-ICN")));
        Assert.Empty(HostNameRegions.Load(_folder.Path).Read("kr.s3.ap-northeast-2.amazonaws.com"));
        Assert.Null(CarrierNetworks.Load(_folder.Path).Find(System.Net.IPAddress.Parse("1.1.1.1"), 13335, "a.cloudfront.net", []));
    }

    [Theory]
    [InlineData("- name: A\n  kind: cdn\n  ranges: [192.0.2.1/24]\n" + Row, 3, "192.0.2.0/24")]
    [InlineData("- name: A\n  kind: cdn\n  ranges: [192.0.2.0]\n" + Row, 3, "192.0.2.0/24")]
    [InlineData("- name: A\n  kind: cdn\n  ranges: [192.0.2.0/33]\n" + Row, 3, "192.0.2.0/24")]
    [InlineData("- name: A\n  kind: cdn\n  ranges: [example.com/24]\n" + Row, 3, "192.0.2.0/24")]
    [InlineData("- name: A\n  kind: cdn\n  ranges: [192.0.2.0/24, 192.0.2.128/25]\n" + Row, 3, "overlaps")]
    [InlineData("- name: A\n  kind: cdn\n  ranges: [192.0.2.128/25, 192.0.2.0/24]\n" + Row, 3, "overlaps")]
    [InlineData("- name: A\n  kind: cdn\n  ranges: [\"2001:db8::/32\", \"2001:db8::/32\"]\n" + Row, 3, "overlaps")]
    [InlineData("- name: A\n  kind: cdn\n  ranges: [\"::/0\", 192.0.2.0/24]\n" + Row, 3, "overlaps")]
    [InlineData("- name: A\n  kind: cdn\n  asns: [AS64500]\n" + Row, 3, "without \"AS\"")]
    [InlineData("- name: A\n  kind: cdn\n  asns: [64500, 64500]\n" + Row, 3, "twice")]
    [InlineData("- name: A\n  kind: cdn\n  asns: [4294967296]\n" + Row, 3, "a number")]
    [InlineData("- name: A\n  kind: cdn\n  names: [\"*.example.com\"]\n" + Row, 3, "domain")]
    [InlineData("- name: A\n  kind: cdn\n  names: [example.com, EXAMPLE.com.]\n" + Row, 3, "twice")]
    [InlineData("- name: A\n  kind: cdn\n  asns: [64500]\n" + Row + "- name: A\n  kind: cdn\n  asns: [64501]\n" + Row, 6, "the network A is there twice")]
    [InlineData("- name: A\n  kind: spy\n  asns: [64500]\n" + Row, 2, "anycast, cdn, cloud")]
    [InlineData("- name: A\n  asns: [64500]\n" + Row, 1, "\"kind\" is missing")]
    [InlineData("- name: A\n  kind: cdn\n" + Row, 1, "must say")]
    [InlineData("- name: A\n  kind: cdn\n  asns: [64500]\n  as_of: 2026-01-31\n", 1, "\"source\" is missing")]
    [InlineData("- name: A\n  kind: cdn\n  asns: [64500]\n  source: s\n  as_of: yesterday\n", 5, "a day")]
    [InlineData("names: [a]\n", 1, "a list of networks")]
    [InlineData("- name: \"A\n", 1, "not valid YAML")]
    public void FaultInNetworks_NamesFileAndLine(string text, int line, string what) =>
        Fails("networks.yaml", text, line, what, folder => CarrierNetworks.Load(folder));

    [Theory]
    [InlineData("providers:\n- provider: A\n" + Row, 2, "\"hosts\" is missing")]
    [InlineData("providers:\n- provider: A\n  hosts: [example.com]\n" + Row, 3, "{region}")]
    [InlineData("providers:\n- provider: A\n  hosts: [\"a.{region}.example.com\"]\n" + Row, 3, "first label")]
    [InlineData("providers:\n- provider: A\n  hosts: [\"a*{region}.example.com\"]\n" + Row, 3, "a * only")]
    [InlineData("providers:\n- provider: A\n  hosts: [\"{region}.{iata}.example.com\"]\n" + Row, 3, "first label")]
    [InlineData("providers:\n- provider: A\n  hosts: [\"{region}\"]\n" + Row, 3, "first label")]
    [InlineData("providers:\n- provider: A\n  hosts: [\"{region}.example.com\"]\n  regions:\n    a: Seoul\n" + Row, 5, "KR Seoul")]
    [InlineData("providers:\n- provider: A\n  hosts: [\"{region}.example.com\"]\n  regions:\n    a: KR\n" + Row, 5, "KR Seoul")]
    [InlineData("providers:\n- provider: A\n  hosts: [\"{region}.example.com\"]\n  regions:\n    a: KR Seoul\n    A: KR Seoul\n" + Row, 6, "given twice")]
    [InlineData("providers:\n- provider: A\n  hosts: [\"{region}.example.com\"]\n  regions: [a]\n" + Row, 4, "a map")]
    [InlineData("words:\n  kr: [KR]\n", 2, "a text")]
    [InlineData("words:\n  qq: QQ Nowhere\n", 2, "country's code")]
    [InlineData("country: KR\n", 1, "unknown key")]
    public void FaultInRegions_NamesFileAndLine(string text, int line, string what) =>
        Fails("cloud-regions.yaml", text, line, what, folder => HostNameRegions.Load(folder));

    [Theory]
    [InlineData("headers:\n- header: x-a\n  network: A\n" + Row, 2, "\"pattern\" is missing")]
    [InlineData("headers:\n- header: x-a\n  pattern: 'a'\n" + Row, 2, "must name a network")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: '('\n" + Row, 4, "regular expression")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: '(?=a)'\n" + Row, 4, "look-around")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: '(?<a>b)\\k<a>'\n" + Row, 4, "back-references")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: '((a{1000}){1000}){1000}'\n" + Row, 4, "regular expression")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: '(?<place>a)'\n" + Row, 2, "one group")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: '(?<iata>a)(?<country>b)'\n" + Row, 2, "one group")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: '(?<code>a)'\n" + Row, 2, "\"codes\" is missing")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: '(?<code>a)'\n  codes: b\n" + Row, 2, "no table b")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: '(?<region>a)'\n" + Row, 2, "\"provider\" is missing")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: '(?<region>a)'\n  provider: B\n" + Row, 2, "has no provider B")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: a\n  base64: b\n" + Row, 2, "a group \"text\"")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: a\n  beside: server\n" + Row, 5, "a header and a regular expression")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: a\n  beside: 'server: ('\n" + Row, 5, "a header and a regular expression")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: a\n  nearest: middle\n" + Row, 5, "first or last")]
    [InlineData("headers:\n- header: x-a\n  network: A\n  pattern: a\n  origin: maybe\n" + Row, 5, "yes or no")]
    [InlineData("tables:\n  a:\n    b: c\n", 3, "KR Seoul")]
    [InlineData("tables: [a]\n", 1, "a map")]
    [InlineData("- header: a\n", 1, "expected \"tables:\"")]
    public void FaultInHeaders_NamesFileAndLine(string text, int line, string what) =>
        Fails("edge-headers.yaml", text, line, what, folder => EdgeHeaders.Load(folder));

    [Theory]
    [InlineData("ICN,KR,Seoul,37.4691,126.4510\n", 1, "first line")]
    [InlineData("code,country,name,latitude,longitude\nICN,KR,Seoul\n", 2, "three letters")]
    [InlineData("code,country,name,latitude,longitude\nicn,KR,Seoul,37.4691,126.4510\n", 2, "three letters")]
    [InlineData("code,country,name,latitude,longitude\nICN,QQ,Seoul,37.4691,126.4510\n", 2, "country")]
    [InlineData("code,country,name,latitude,longitude\nICN,KR,Seoul,137.4691,126.4510\n", 2, "latitude")]
    [InlineData("code,country,name,latitude,longitude\nICN,KR,,37.4691,126.4510\n", 2, "a name")]
    [InlineData("code,country,name,latitude,longitude\nICN,KR,Seoul,37.4691,126.4510\nICN,KR,Seoul,37.4691,126.4510\n", 3, "no other line")]
    [InlineData("code,country,name,latitude,longitude\n\n", 2, "three letters")]
    public void FaultInAirports_NamesFileAndLine(string text, int line, string what) =>
        Fails("airports.csv", text, line, what, folder => EdgeHeaders.Load(folder));

    [Fact]
    public void DeepNestingOrHugeFile_IsAFaultAndNothingWorse()
    {
        Write("networks.yaml", new string('[', 200_000));
        Assert.Throws<HintFileException>(() => CarrierNetworks.Load(_folder.Path));

        File.WriteAllBytes(Path.Combine(_folder.Path, "hints", "networks.yaml"), new byte[9 * 1024 * 1024]);
        Assert.Contains("larger than", Assert.Throws<HintFileException>(() => CarrierNetworks.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private void Fails(string file, string text, int line, string what, Func<string, object> load)
    {
        Write(file, text);

        var error = Assert.Throws<HintFileException>(() => load(_folder.Path));

        Assert.StartsWith($"hints/{file}, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "hints"));
        File.WriteAllText(Path.Combine(_folder.Path, "hints", file), text);
    }
}
