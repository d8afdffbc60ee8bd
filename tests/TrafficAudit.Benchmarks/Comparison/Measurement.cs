using TrafficAudit.Benchmarks.Load;

namespace TrafficAudit.Benchmarks.Comparison;

/// <summary>One run of one candidate.</summary>
/// <param name="Load">What the clients saw.</param>
/// <param name="CpuSeconds">The candidate's CPU from the beginning of the measured time until it had nothing left to do.</param>
/// <param name="CatchingUp">Seconds after the load until then.</param>
/// <param name="PeakMebibytes">Its largest resident memory.</param>
/// <param name="Flows">Flows it recorded; null when it does not say.</param>
/// <param name="OtherCpu">Cores that processes outside the comparison used meanwhile, on average.</param>
internal sealed record Measurement(LoadResult Load, double CpuSeconds, double CatchingUp, double PeakMebibytes, long? Flows, double OtherCpu)
{
    public double RequestsPerSecond => Load.Measured / Load.Seconds;

    public double CpuMicroseconds => Load.Measured == 0 ? double.NaN : CpuSeconds * 1e6 / Load.Measured;
}
