using System.Globalization;
using TrafficAudit.Benchmarks.Comparison;

namespace TrafficAudit.Benchmarks.Endurance;

/// <summary>What the program holds at one moment.</summary>
/// <param name="Second">Seconds since the series began.</param>
/// <param name="Resident">Resident memory in MiB.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
/// <param name="CpuSeconds">CPU used so far.</param>
/// <param name="Flows">Flows in its index.</param>
internal sealed record ProcessSample(double Second, double Resident, int Handles, int Threads, double CpuSeconds, long Flows)
{
    public static async Task<ProcessSample> TakeAsync(Rig rig, double second, CancellationToken cancellation)
    {
        var flows = await rig.FlowsAsync(cancellation);
        var process = rig.Program.Id;
        return new ProcessSample(
            second, ProcFigures.ResidentMebibytes(process), ProcFigures.Handles(process), ProcFigures.Threads(process), ProcFigures.CpuSeconds(process), flows);
    }

    public string Line(ProcessSample? before)
    {
        var seconds = before is null ? double.NaN : Second - before.Second;
        var rates = before is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"  {(Flows - before.Flows) / seconds,7:N0} flows/s  {(CpuSeconds - before.CpuSeconds) / seconds:0.00} cores");
        return string.Create(
            CultureInfo.InvariantCulture, $"{Second,6:0} s  {Resident,6:N0} MiB  {Handles,6:N0} handles  {Threads,4} threads  {Flows,11:N0} flows{rates}");
    }
}
