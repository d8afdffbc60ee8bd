using System.Net;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Testing;

namespace TrafficAudit.Capture.Tests.Doors;

public sealed class GuessLimitTests
{
    private readonly GuessLimit limit = new();

    [Fact]
    public void AddressesOfOneSubnet_AreOneSource()
    {
        for (var i = 0; i < GuessLimit.Guesses; i++)
        {
            limit.CountWrong(IPAddress.Parse($"2001:db8:0:1::{i}"), Some.Time);
        }

        Assert.True(limit.IsReached(IPAddress.Parse("2001:db8:0:1:ffff::9"), Some.Time));
        Assert.False(limit.IsReached(IPAddress.Parse("2001:db8:0:2::1"), Some.Time));
    }

    [Fact]
    public void GuessesFromEverywhere_StayWithinTheBound()
    {
        var first = IPAddress.Parse("198.18.0.0");
        for (var i = 0; i < GuessLimit.Guesses; i++)
        {
            limit.CountWrong(first, Some.Time);
        }

        for (var i = 0; i < 3000; i++)
        {
            limit.CountWrong(new IPAddress([198, 19, (byte)(i >> 8), (byte)i]), Some.Time.AddSeconds(1 + i));
        }

        Assert.Equal(GuessLimit.Sources, limit.Count);
        Assert.False(limit.IsReached(first, Some.Time.AddSeconds(2)));
    }

    [Fact]
    public void WindowThatIsOver_CountsFromNothing()
    {
        var address = IPAddress.Parse("192.0.2.1");
        for (var i = 0; i < GuessLimit.Guesses; i++)
        {
            limit.CountWrong(address, Some.Time);
        }

        var later = Some.Time + GuessLimit.Window;
        Assert.False(limit.IsReached(address, later));
        limit.CountWrong(address, later);
        Assert.False(limit.IsReached(address, later));
        Assert.Equal(1, limit.Count);
    }
}
