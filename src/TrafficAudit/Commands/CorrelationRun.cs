using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Pipeline;
using TrafficAudit.Results;
using TrafficAudit.Sealing;
using TrafficAudit.Terminal;

namespace TrafficAudit.Commands;

/// <summary>The correlation that <c>analyze</c>, <c>import</c> and <c>capture</c> end with.</summary>
internal static class CorrelationRun
{
    /// <summary>Says what came of the seal, and then compares: the evidence is safe by now, whatever interrupts this.</summary>
    public static async Task AfterSealAsync(RecordingCase recording, SealOutcome outcome, CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync(SealText.Of(outcome));
        await RunAsync(recording, cancellation);
    }

    /// <summary>Brings the case's correlation up to date, with a progress bar, and says what it found where there was anything to compare.</summary>
    /// <param name="recording">The case; everything recorded is in its index.</param>
    /// <param name="cancellation">Ends it; whoever opens the case next begins anew.</param>
    public static async Task RunAsync(RecordingCase recording, CancellationToken cancellation)
    {
        CorrelationReport report;
        using (var bar = ProgressLine.Start(Console.Error, "Comparing devices", recording.Correlation.Bytes))
        {
            report = await recording.Correlation.CurrentAsync(new ImmediateProgress<long>(done => bar.Report(done, "")), cancellation);
        }

        if (report.Launches > report.Devices)
        {
            await Console.Error.WriteLineAsync(CorrelationText.Of(report));
        }
    }
}
