using System.Net;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Capture.Names;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests.Names;

/// <summary>What is learned of chains beside the system's resolver, and how little it may cost.</summary>
public sealed class SystemChainsTests
{
    private const string Host = "www.shop.example";

    [Theory]
    [InlineData("b.example", "192.0.2.9", true)]
    [InlineData("a.example", "192.0.2.9", true)]
    [InlineData("other.example", "192.0.2.1", false)]
    [InlineData(null, "192.0.2.1", true)]
    [InlineData(null, "192.0.2.9", false)]
    public void Chain_IsKeptWhereItLeadsToWhatTheSystemFound(string? canonical, string address, bool isKept)
    {
        var answer = new DnsAnswer(0, false, ["a.example", "b.example"], [IPAddress.Parse("192.0.2.1")]);

        var chain = SystemChains.Fitting(answer, canonical, [IPAddress.Parse(address)]);

        Assert.Equal(isKept ? answer.Chain : null, chain);
        Assert.Null(SystemChains.Fitting(null, canonical, [IPAddress.Parse(address)]));
    }

    [Fact]
    public async Task ServersThatDoNotAnswer_AreLeftAloneForAMinute()
    {
        await using var server = NameServer.Start("127.0.53.1");
        server.Add(Host, NameServerAnswer.Silence);
        var time = new FakeTimeProvider(Some.Time);
        var chains = new SystemChains(() => new DnsServers([server.Endpoint], time), time);
        for (var i = 0; i < 3; i++)
        {
            using var limit = new CancellationTokenSource();
            var asking = chains.AskAsync(Host, limit.Token);
            time.Advance(SystemChains.Grace);
            await limit.CancelAsync();
            Assert.Null(await asking);
        }

        server.Add(Host, "a.example", "192.0.2.1");
        Assert.Null(await chains.AskAsync(Host, TestContext.Current.CancellationToken));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["a.example"], (await chains.AskAsync(Host, TestContext.Current.CancellationToken))!.Chain);
    }

    [Fact]
    public async Task LookUpThatNobodyWaitsFor_IsNoTimeout()
    {
        await using var server = NameServer.Start("127.0.53.2");
        server.Add(Host, NameServerAnswer.Silence);
        var chains = new SystemChains(() => new DnsServers([server.Endpoint], TimeProvider.System), new FakeTimeProvider(Some.Time));
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await chains.AskAsync(Host, new CancellationToken(canceled: true)));
        }

        server.Add(Host, "a.example", "192.0.2.1");
        Assert.NotNull(await chains.AskAsync(Host, TestContext.Current.CancellationToken));
    }
}
