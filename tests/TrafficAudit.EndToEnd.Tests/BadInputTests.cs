using System.Net;
using System.Net.Sockets;
using TrafficAudit.EndToEnd.Tests.Running;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>Wrong usage and input: one clear line, exit code 2, nothing else.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("flows --nonsense", "--nonsense")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("flows", "--case")]
    [InlineData("flows --case nothing-here", "There is no case nothing-here")]
    [InlineData("flows --case ../x", "name")]
    [InlineData("show --case nothing-here --flow x", "--flow")]
    [InlineData("transfers --case nothing-here --format xml", "xml")]
    [InlineData("capture --listen 8080", "ADDRESS:PORT")]
    [InlineData("capture --resolve nonsense", "HOST:ADDRESS")]
    [InlineData("capture --dns 53", "ADDRESS[:PORT]")]
    [InlineData("capture --upstream-ca missing.pem", "missing.pem")]
    [InlineData("capture --persona missing.json", "missing.json")]
    [InlineData("import missing.har --case c", "missing.har")]
    [InlineData("geo lookup nonsense", "nonsense")]
    [InlineData("rules explain nonsense", "There is no rule nonsense")]
    [InlineData("rules test missing.yaml", "missing.yaml")]
    [InlineData("phase browse --case nothing-here", "nothing-here")]
    public async Task WrongUsage_IsOneLineAndExitCode2(string arguments, string expected)
    {
        using var lab = new Laboratory();

        var outcome = await Built.RunAsync(lab, arguments.Split(' '));

        ExpectOneLine(outcome, expected);
    }

    [Fact]
    public async Task HarThatIsNoJson_IsRefused()
    {
        using var lab = new Laboratory();
        await File.WriteAllTextAsync(lab.PathOf("x.har"), "this is no JSON");

        ExpectOneLine(await Built.RunAsync(lab, "import", "x.har", "--case", "c"), "x.har");
    }

    [Fact]
    public async Task HalfAHar_KeepsWhatCameBeforeTheBreak()
    {
        using var lab = new Laboratory();
        var whole = await File.ReadAllTextAsync(Path.Combine(Built.Root, "captures", "sample", "shopping-session.har"));
        await File.WriteAllTextAsync(lab.PathOf("half.har"), whole[..(whole.Length / 2)]);

        var import = await Built.RunAsync(lab, "import", "half.har", "--case", "half");
        var flows = await Built.RunAsync(lab, "flows", "--case", "half", "--format", "ndjson");

        Assert.Equal(2, import.ExitCode);
        Assert.Contains("half.har", import.Error, StringComparison.Ordinal);
        Assert.InRange(flows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 5, 39);
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("""{ "name": "x", "values": [ { "item": "no_such_item", "value": "1" } ] }""")]
    [InlineData("""{ "name": "x" }""")]
    public async Task UnreadablePersona_IsRefused(string persona)
    {
        using var lab = new Laboratory();
        await File.WriteAllTextAsync(lab.PathOf("bad.json"), persona);

        ExpectOneLine(await Built.RunAsync(lab, "capture", "--persona", "bad.json"), "bad.json");
    }

    [Fact]
    public async Task DatabaseThatIsNoMmdb_IsRefused()
    {
        using var lab = new Laboratory();
        await File.WriteAllTextAsync(Path.Combine(lab.GeoData, "wrong.mmdb"), "this is no database");

        ExpectOneLine(await Built.RunAsync(lab, "geo", "status"), "wrong.mmdb");
    }

    [Theory]
    [InlineData("--listen")]
    [InlineData("--review")]
    public async Task PortInUse_IsRefused(string option)
    {
        using var lab = new Laboratory();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = taken.LocalEndpoint.ToString()!;
        var other = option == "--listen" ? "--review" : "--listen";

        ExpectOneLine(await Built.RunAsync(lab, "capture", "--case", "c", option, address, other, "127.0.0.1:0"), address);
    }

    [Fact]
    public async Task SettingsFileThatIsNoJson_IsRefused()
    {
        using var lab = new Laboratory();
        await File.WriteAllTextAsync(lab.PathOf("trafficaudit.json"), "[1]");

        ExpectOneLine(await Built.RunAsync(lab, "cases"), "trafficaudit.json");
    }

    private static void ExpectOneLine(Outcome outcome, string expected)
    {
        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal("", outcome.Output);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
