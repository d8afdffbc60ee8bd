using Microsoft.Extensions.Logging;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Logging;
using TrafficAudit.Provenance;

namespace TrafficAudit.Pipeline;

/// <summary>The evidence of a case that nobody records, opened to note something in its journal.</summary>
internal static class CaseJournal
{
    /// <exception cref="CaseException">Another process records the case, or its folder can't be written.</exception>
    public static async Task<EvidenceWriter> OpenAsync(CaseFolder folder, Recorder recorder, CancellationToken cancellation)
    {
        using var loggers = ProgramLog.Create(null, isVerbose: false);
        return await EvidenceWriter.OpenAsync(
            folder,
            new EvidenceOptions { Software = ProgramVersion.Software, Provenance = recorder.Lines },
            (flow, _) =>
            {
                flow.Flow.Dispose();
                return ValueTask.CompletedTask;
            },
            TimeProvider.System,
            loggers.CreateLogger<EvidenceWriter>(),
            cancellation);
    }
}
