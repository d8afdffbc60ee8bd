using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Setup;
using TrafficAudit.Testing;

namespace TrafficAudit.Tests.Setup;

public sealed class GrowthRateTests
{
    private readonly FakeTimeProvider _clock = new(Some.Time);

    [Fact]
    public void Room_LastsAsLongAsTheAverageOfTheRecordingSays()
    {
        var rate = new GrowthRate(1_000, _clock);
        Assert.Null(rate.Lasts(2_000, 1_000));
        _clock.Advance(TimeSpan.FromSeconds(100));

        Assert.Null(rate.Lasts(1_000, 1_000));
        Assert.Equal(TimeSpan.FromSeconds(500), rate.Lasts(2_000, 5_000));
        Assert.Equal(TimeSpan.FromDays(3650), rate.Lasts(1_001, long.MaxValue));
    }
}
