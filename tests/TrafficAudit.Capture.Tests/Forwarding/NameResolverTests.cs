using System.Net;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Capture.Names;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests.Forwarding;

/// <summary>Names and addresses by the name servers of <c>--dns</c>.</summary>
public sealed class NameResolverTests
{
    private const string Host = "metrics.shop.example";

    [Fact]
    public async Task Chain_IsTheServersWithTheLastNamesAddresses()
    {
        await using var server = NameServer.Start("127.0.53.11");
        server.Add(Host, "Shop.sc.omtrdc.net", "adobe.data.edgekey.net", "2001:db8::1", "192.0.2.1", "192.0.2.2");
        var resolver = Resolver(server);

        var name = await resolver.ResolveAsync(Host, TestContext.Current.CancellationToken);
        var again = await resolver.ResolveAsync(Host, TestContext.Current.CancellationToken);

        Assert.Equal(["shop.sc.omtrdc.net", "adobe.data.edgekey.net"], name.Chain);
        Assert.Equal(("dns", "adobe.data.edgekey.net"), (name.Source, name.Canonical));
        Assert.Equal(["192.0.2.1", "192.0.2.2", "2001:db8::1"], name.Addresses.Select(a => a.ToString()));
        Assert.Same(name, again);
        Assert.Equal([$"udp A {Host}", $"udp AAAA {Host}"], server.Asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task NameWithoutCname_HasAnEmptyChain()
    {
        await using var server = NameServer.Start("127.0.53.12");
        server.Add(Host, "192.0.2.1");

        var name = await Resolver(server).ResolveAsync(Host, TestContext.Current.CancellationToken);

        Assert.Null(name.Canonical);
        Assert.Equal([], name.Chain);
    }

    [Fact]
    public async Task NameThatLeadsNowhere_HasItsChainAndNoAddress()
    {
        await using var server = NameServer.Start("127.0.53.13");
        server.Add(Host, NameServerAnswer.Of(Host, "gone.tracker.example") with { Outcome = 3 });

        var name = await Resolver(server).ResolveAsync(Host, TestContext.Current.CancellationToken);
        var unknown = await Resolver(server).ResolveAsync("unknown.example", TestContext.Current.CancellationToken);

        Assert.Equal(["gone.tracker.example"], name.Chain);
        Assert.Empty(name.Addresses);
        Assert.Empty(unknown.Addresses);
    }

    [Fact]
    public async Task AnswerOfAThousandNames_ComesOverTcpAndIsBounded()
    {
        await using var server = NameServer.Start("127.0.53.14");
        server.Add(Host, NameServerAnswer.Of(Host, [.. Enumerable.Range(0, 1000).Select(i => $"n{i}.example"), "192.0.2.1"]) with { IsTruncated = true });
        server.Add("plain.example", NameServerAnswer.Of("plain.example", "192.0.2.1") with { IsTruncated = true });

        var name = await Resolver(server).ResolveAsync(Host, TestContext.Current.CancellationToken);
        var plain = await Resolver(server).ResolveAsync("plain.example", TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 16).Select(i => $"n{i}.example"), name.Chain!.Value);
        Assert.Empty(name.Addresses);
        Assert.Single(plain.Addresses);
        Assert.Contains($"tcp A {Host}", server.Asked);
    }

    [Fact]
    public async Task ServerThatNeverAnswersForIPv6_IsNotWaitedFor()
    {
        await using var server = NameServer.Start("127.0.53.15");
        server.Add(Host, new NameServerAnswer(question =>
            question.Type == "A" ? NameServerAnswer.Of(Host, "a.example", "192.0.2.1").Records(question) : [[0xFF]]));
        var began = TimeProvider.System.GetTimestamp();

        var name = await Resolver(server).ResolveAsync(Host, TestContext.Current.CancellationToken);

        Assert.Equal(["a.example"], name.Chain);
        Assert.Single(name.Addresses);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task NameOfTheOption_AndAddresses_AreNotAskedFor()
    {
        await using var server = NameServer.Start("127.0.53.16");
        var resolver = new NameResolver(ResolveRules.Parse(["*.shop.example:192.0.2.7"]), TimeProvider.System, new DnsServers([server.Endpoint], TimeProvider.System));

        var option = await resolver.ResolveAsync(Host, TestContext.Current.CancellationToken);
        var literal = await resolver.ResolveAsync("192.0.2.8", TestContext.Current.CancellationToken);

        Assert.Equal(("option", IPAddress.Parse("192.0.2.7")), (option.Source, Assert.Single(option.Addresses)));
        Assert.Equal("literal", literal.Source);
        Assert.Null(option.Chain);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task ClientThatLeaves_EndsTheLookUp()
    {
        await using var server = NameServer.Start("127.0.53.17");
        server.Add(Host, NameServerAnswer.Silence);
        using var left = new CancellationTokenSource();
        var resolving = Resolver(server).ResolveAsync(Host, left.Token).AsTask();

        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resolving);
    }

    [Fact]
    public async Task NameOfTheHostsFile_NeedsNoNameServer()
    {
        var name = await new NameResolver(ResolveRules.Parse([]), TimeProvider.System).ResolveAsync("localhost", TestContext.Current.CancellationToken);

        Assert.Equal("dns", name.Source);
        Assert.Contains(IPAddress.Loopback, name.Addresses);
    }

    private static NameResolver Resolver(NameServer server) => new(ResolveRules.Parse([]), TimeProvider.System, new DnsServers([server.Endpoint], TimeProvider.System));
}
