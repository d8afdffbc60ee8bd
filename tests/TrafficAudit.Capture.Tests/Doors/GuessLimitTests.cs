using System.Net;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Testing;

namespace TrafficAudit.Capture.Tests.Doors;

public sealed class GuessLimitTests
{
    private readonly GuessLimit _limit = new();

    [Fact]
    public void AddressesOfOneSubnet_AreOneSource()
    {
        for (var i = 0; i < GuessLimit.Guesses; i++)
        {
            _limit.CountWrong(IPAddress.Parse($"2001:db8:0:1::{i}"), Some.Time);
        }

        Assert.True(_limit.IsReached(IPAddress.Parse("2001:db8:0:1:ffff::9"), Some.Time));
        Assert.False(_limit.IsReached(IPAddress.Parse("2001:db8:0:2::1"), Some.Time));
    }

    [Fact]
    public void GuessesFromEverywhere_StayWithinTheBound()
    {
        var first = IPAddress.Parse("198.18.0.0");
        for (var i = 0; i < GuessLimit.Guesses; i++)
        {
            _limit.CountWrong(first, Some.Time);
        }

        for (var i = 0; i < 3000; i++)
        {
            _limit.CountWrong(new IPAddress([198, 19, (byte)(i >> 8), (byte)i]), Some.Time.AddSeconds(1 + i));
        }

        Assert.Equal(GuessLimit.Sources, _limit.Count);
        Assert.False(_limit.IsReached(first, Some.Time.AddSeconds(2)));
    }

    [Fact]
    public void WindowThatIsOver_CountsFromNothing()
    {
        var address = IPAddress.Parse("192.0.2.1");
        for (var i = 0; i < GuessLimit.Guesses; i++)
        {
            _limit.CountWrong(address, Some.Time);
        }

        var later = Some.Time + GuessLimit.Window;
        Assert.False(_limit.IsReached(address, later));
        _limit.CountWrong(address, later);
        Assert.False(_limit.IsReached(address, later));
        Assert.Equal(1, _limit.Count);
    }
}
