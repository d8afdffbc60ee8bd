using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;

namespace TrafficAudit.Running;

/// <summary>
/// The share of connections read, for a counter that is asked several times a second. Counting walks over all flows of the case, so a value is
/// kept until flows have come and twenty times as long as the counting took: it never costs more than a twentieth of a core.
/// </summary>
internal sealed class LiveCoverage(ICaseIndex index, TimeProvider time)
{
    private const int Rest = 20;

    private readonly Lock _gate = new();
    private long _flows = -1;
    private long _counted;
    private TimeSpan _took;
    private int? _percent;

    /// <summary>In percent; null when no connection carried anything.</summary>
    public int? ReadPercent
    {
        get
        {
            lock (_gate)
            {
                var flows = index.Counters.Flows;
                if (flows != _flows && (_flows < 0 || time.GetElapsedTime(_counted) >= _took * Rest))
                {
                    var started = time.GetTimestamp();
                    _percent = index.Coverage(FlowFilter.None).Total.ReadPercent;
                    _counted = time.GetTimestamp();
                    _took = time.GetElapsedTime(started, _counted);
                    _flows = flows;
                }

                return _percent;
            }
        }
    }
}
