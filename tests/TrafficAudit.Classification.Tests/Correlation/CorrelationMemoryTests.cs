using TrafficAudit.Classification.Correlation;

namespace TrafficAudit.Classification.Tests.Correlation;

[Collection(nameof(MeasuredAlone))]
public sealed class CorrelationMemoryTests
{
    [Fact]
    public void MemoryOfManyPlaces_StaysWithinItsBound()
    {
        var limits = new CorrelationLimits { Places = 20_000, PlacesOfFlow = 1_000 };
        var recordings = Recordings.OfTwoDevices((device, session, i) => CorrelationBoundsTests.RandomKeys(device, session, i, 2_000), flows: 10);
        var correlator = new Correlator(recordings.Launches(), limits);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        recordings.Flows.ForEach(correlator.Observe);

        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(used, 0, 40_000_000);
        Assert.True(correlator.Judge(new Dictionary<string, SessionFacts>(StringComparer.Ordinal)).NotFollowed > 0);
    }
}
