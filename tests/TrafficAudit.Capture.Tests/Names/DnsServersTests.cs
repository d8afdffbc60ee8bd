using TrafficAudit.Capture.Names;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests.Names;

/// <summary>Which server is asked, and when the next one is.</summary>
public sealed class DnsServersTests
{
    private const string Host = "www.shop.example";

    [Theory]
    [InlineData("192.0.2.53")]
    [InlineData("192.0.2.53:5353")]
    [InlineData("2001:db8::53")]
    [InlineData("[2001:DB8::53]:5353")]
    public void Address_IsTaken(string value) => Assert.NotNull(DnsServers.Parse([value], TimeProvider.System));

    [Theory]
    [InlineData("")]
    [InlineData("53")]
    [InlineData("192.0.2")]
    [InlineData("dns.example")]
    [InlineData("192.0.2.53:99999")]
    [InlineData("192.0.2.53:")]
    public void WhatIsNoAddress_IsNamed(string value)
    {
        var fault = Assert.Throws<FormatException>(() => DnsServers.Parse(["192.0.2.1", value], TimeProvider.System));

        Assert.StartsWith($"--dns {value}: write it as ADDRESS[:PORT]", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerThatFails_IsFollowedByTheNext()
    {
        await using var failing = NameServer.Start("127.0.53.3");
        await using var garbling = NameServer.Start("127.0.53.4");
        await using var knowing = NameServer.Start("127.0.53.5");
        failing.Add(Host, NameServerAnswer.Failure);
        garbling.Add(Host, new NameServerAnswer(_ => [[1, 2, 3]]) { IsTruncated = true });
        knowing.Add(Host, "a.example", "192.0.2.1");
        var servers = new DnsServers([failing.Endpoint, garbling.Endpoint, new(failing.Endpoint.Address, 9), knowing.Endpoint], TimeProvider.System);

        var answer = await servers.AskAsync(Host, DnsRecordType.A, TestContext.Current.CancellationToken);

        Assert.Equal(["a.example"], answer!.Chain);
        Assert.Equal(["udp A www.shop.example", "tcp A www.shop.example"], garbling.Asked);
    }

    [Fact]
    public async Task NoServer_KnowsNothing() =>
        Assert.Null(await new DnsServers([], TimeProvider.System).AskAsync(Host, DnsRecordType.A, TestContext.Current.CancellationToken));

    [Fact]
    public async Task FalseAnswerBefore_IsPassedOver()
    {
        await using var server = NameServer.Start("127.0.53.6");
        server.Add(Host, new NameServerAnswer(_ => [[0xFF]]));
        using var limit = new CancellationTokenSource();
        var asking = new DnsServers([server.Endpoint], TimeProvider.System).AskAsync(Host, DnsRecordType.A, limit.Token);

        Assert.False(asking.IsCompleted);
        await limit.CancelAsync();
        Assert.Null(await asking);
    }
}
