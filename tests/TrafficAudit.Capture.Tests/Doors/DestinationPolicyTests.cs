using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using TrafficAudit.Capture.Doors;

namespace TrafficAudit.Capture.Tests.Doors;

public sealed class DestinationPolicyTests
{
    private static readonly DestinationPolicy Public = new(allowPrivate: false, own: []);
    private static readonly DestinationPolicy Private = new(allowPrivate: true, own: []);

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.1")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.31.196.1")]
    [InlineData("192.52.193.1")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("192.175.48.1")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    [InlineData("2001:200::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2620:4f:8000::1")]
    [InlineData("3ffe::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("2002:808:808::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:f7f7:f7f7")]
    public void PublicAddress_IsAllowed(string address)
    {
        Assert.True(Public.Allows(IPAddress.Parse(address), 443, out var reason), reason);
        Assert.Empty(reason);
    }

    [Theory]
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("0.1.2.3", "unspecified")]
    [InlineData("10.0.0.1", "RFC 1918")]
    [InlineData("10.255.255.255", "RFC 1918")]
    [InlineData("100.64.0.0", "RFC 6598")]
    [InlineData("100.127.255.255", "RFC 6598")]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.255.255.254", "loopback")]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("172.16.0.1", "RFC 1918")]
    [InlineData("172.31.255.255", "RFC 1918")]
    [InlineData("192.0.0.8", "protocol assignment")]
    [InlineData("192.0.2.1", "documentation")]
    [InlineData("192.88.99.1", "relay")]
    [InlineData("192.168.0.1", "RFC 1918")]
    [InlineData("198.18.0.1", "benchmarking")]
    [InlineData("198.19.255.255", "benchmarking")]
    [InlineData("198.51.100.1", "documentation")]
    [InlineData("203.0.113.1", "documentation")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("239.255.255.250", "multicast")]
    [InlineData("240.0.0.1", "reserved")]
    [InlineData("255.255.255.255", "broadcast")]
    [InlineData("::", "unspecified")]
    [InlineData("::1", "loopback")]
    [InlineData("::127.0.0.1", "unassigned")]
    [InlineData("::ffff:0:127.0.0.1", "unassigned")]
    [InlineData("::ffff:127.0.0.1", "loopback")]
    [InlineData("::ffff:10.0.0.1", "RFC 1918")]
    [InlineData("::ffff:169.254.169.254", "link-local")]
    [InlineData("64:ff9b::a00:1", "RFC 1918")]
    [InlineData("64:ff9b::7f00:1", "loopback")]
    [InlineData("64:ff9b:1::808:808", "local translation")]
    [InlineData("100::1", "unassigned")]
    [InlineData("2001::1", "unspecified")]
    [InlineData("2001:0:4136:e378:8000:63bf:80ff:fffe", "loopback")]
    [InlineData("2001:0:a00:1:8000:63bf:f7f7:f7f7", "RFC 1918")]
    [InlineData("2001:2::1", "protocol assignment")]
    [InlineData("2001:10::1", "protocol assignment")]
    [InlineData("2001:1ff::1", "protocol assignment")]
    [InlineData("2001:db8::1", "documentation")]
    [InlineData("2002:7f00:1::1", "loopback")]
    [InlineData("2002:c0a8:1::1", "RFC 1918")]
    [InlineData("3fff::1", "documentation")]
    [InlineData("3fff:fff::1", "documentation")]
    [InlineData("4000::1", "unassigned")]
    [InlineData("5f00::1", "unassigned")]
    [InlineData("fc00::1", "RFC 4193")]
    [InlineData("fd12:3456::1", "RFC 4193")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fe80::1%1", "link-local")]
    [InlineData("febf::1", "link-local")]
    [InlineData("fec0::1", "unassigned")]
    [InlineData("ff02::1", "multicast")]
    public void SpecialAddress_IsRefusedWithTheReason(string address, string why)
    {
        Assert.False(Public.Allows(IPAddress.Parse(address), 443, out var reason));
        Assert.Contains(why, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("198.51.100.1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:192.168.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("8.8.8.8")]
    public void WithPrivateDestinations_SpecialHostsAreAllowed(string address) =>
        Assert.True(Private.Allows(IPAddress.Parse(address), 443, out _));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("::ffff:0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("ff02::1")]
    [InlineData("2002:e000:1::1")]
    public void WithPrivateDestinations_WhatIsNoPeerStaysRefused(string address) =>
        Assert.False(Private.Allows(IPAddress.Parse(address), 443, out _));

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(65536)]
    public void NoTcpPort_IsRefused(int port) => Assert.False(Private.Allows(IPAddress.Parse("8.8.8.8"), port, out _));

    [Theory]
    [InlineData("127.0.0.1", 8090, false)]
    [InlineData("::ffff:127.0.0.1", 8090, false)]
    [InlineData("127.0.0.1", 8091, true)]
    [InlineData("127.0.0.2", 8090, true)]
    [InlineData("127.0.0.1", 8080, false)]
    [InlineData("127.8.8.8", 8080, false)]
    [InlineData("::1", 8080, false)]
    [InlineData("10.1.2.3", 8080, false)]
    [InlineData("::ffff:10.1.2.3", 8080, false)]
    [InlineData("2600::53", 8080, false)]
    [InlineData("64:ff9b::a01:203", 8080, false)]
    [InlineData("10.1.2.4", 8080, true)]
    [InlineData("10.1.2.3", 443, true)]
    [InlineData("2600::54", 8080, true)]
    public void OwnAddresses_AreRefusedEvenWithPrivateDestinations(string address, int port, bool allowed)
    {
        var policy = new DestinationPolicy(
            allowPrivate: true,
            own: [new(IPAddress.Any, 8080), new(IPAddress.Loopback, 8090)],
            machineAddresses: () => [IPAddress.Parse("10.1.2.3"), IPAddress.Parse("2600::53"), IPAddress.Parse("fe80::7%2")]);

        Assert.Equal(allowed, policy.Allows(IPAddress.Parse(address), port, out var reason));
        Assert.Equal(allowed, reason.Length == 0);
    }

    [Fact]
    public void MachineThatNamesNoAddresses_HasItsOwnPortsRefusedEverywhere()
    {
        var policy = new DestinationPolicy(
            allowPrivate: false, own: [new(IPAddress.Any, 8080)], machineAddresses: () => throw new NetworkInformationException());

        Assert.False(policy.Allows(IPAddress.Parse("8.8.8.8"), 8080, out _));
        Assert.True(policy.Allows(IPAddress.Parse("8.8.8.8"), 443, out _));
    }

    [Fact]
    public void AddressOfThisMachine_IsFoundByItself()
    {
        var policy = new DestinationPolicy(allowPrivate: true, own: [new(IPAddress.IPv6Any, 8080)]);
        foreach (var address in Dns.GetHostAddresses(Dns.GetHostName()).Where(a => a.AddressFamily == AddressFamily.InterNetwork))
        {
            Assert.False(policy.Allows(address, 8080, out _));
        }

        Assert.False(policy.Allows(IPAddress.Loopback, 8080, out _));
    }

    [Fact]
    public void EveryFirstByte_IsJudgedWithoutAnException()
    {
        for (var first = 0; first < 256; first++)
        {
            Public.Allows(new IPAddress([(byte)first, 1, 2, 3]), 443, out _);
            Public.Allows(new IPAddress([(byte)first, .. new byte[15]]), 443, out _);
        }
    }
}
