using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Testing;

namespace TrafficAudit.Capture.Tests.Recording;

public sealed class RecordingSessionsTests
{
    private readonly FakeTimeProvider _clock = new(Some.Time);
    private int _journalled;

    [Fact]
    public async Task Beginning_IsJournalledOnceHoweverManyWaitForIt()
    {
        var session = Sessions().Of("device-1");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(session.BeginAsync)));

        Assert.Equal(1, _journalled);
    }

    [Fact]
    public void Sessions_AreOnePerDeviceAndTellThemselvesApart()
    {
        var sessions = Sessions();

        Assert.Same(sessions.Of("device-1"), sessions.Of("device-1"));
        Assert.Same(sessions.Of(null), sessions.Of(null));
        Assert.Equal(["s20260102T030405Z-1", "s20260102T030405Z-2"], sessions.All.Select(s => s.Id));
    }

    [Fact]
    public void Flow_IsInThePhaseInWhichItBegan()
    {
        var sessions = Sessions();
        var session = sessions.Of("device-1");
        var before = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(5));
        sessions.SetPhase("device-1", "before_consent");
        var during = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(5));
        sessions.SetPhaseOfAll("consented");

        Assert.Null(session.PhaseAt(before));
        Assert.Equal("before_consent", session.PhaseAt(during + TimeSpan.FromSeconds(1)));
        Assert.Equal("consented", session.PhaseAt(_clock.GetUtcNow()));
        Assert.Equal("consented", sessions.Of("device-2").Phase);
    }

    [Fact]
    public void Flow_IsInTheSessionInWhichItBegan()
    {
        var sessions = Sessions();
        var before = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(5));
        var first = sessions.Of("device-1");
        var during = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(5));
        var change = sessions.Begin("device-1", new SessionDescription(["com.other.example"], "2.0", "shopper", null), "before_consent");

        Assert.Equal((first, sessions.Of("device-1")), (change!.Ended, change.Begun));
        Assert.Same(first, sessions.Of("device-1", before));
        Assert.Same(first, sessions.Of("device-1", during + TimeSpan.FromSeconds(4)));
        Assert.Same(change.Begun, sessions.Of("device-1", _clock.GetUtcNow()));
        Assert.Equal((null, "before_consent"), (first.Phase, change.Begun.Phase));
        Assert.Equal([first, change.Begun], sessions.All);
        Assert.Equal([change.Begun], sessions.Current);
    }

    [Fact]
    public void SessionOfAll_IsThatOfDevicesThatComeLater()
    {
        var sessions = Sessions();
        sessions.Of("device-1");
        var description = new SessionDescription(["com.other.example"], null, null, null);

        var change = Assert.Single(sessions.BeginAll(description, "before_consent"));

        Assert.Equal(description, change.Begun.Description);
        Assert.Equal((description, "before_consent"), (sessions.Of("device-2").Description, sessions.Of("device-2").Phase));
        Assert.Null(sessions.Begin("device-3", null, null));
        Assert.Null(sessions.Of("device-3").Description);
    }

    private RecordingSessions Sessions() => new(
        _ =>
        {
            Interlocked.Increment(ref _journalled);
            return Task.CompletedTask;
        },
        _clock);
}
