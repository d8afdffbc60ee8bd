using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;

namespace TrafficAudit.Pipeline;

/// <summary>The index of a case: in its folder, or, since it holds what the evidence does, in memory alone when the case is encrypted.</summary>
internal static class CaseIndex
{
    /// <exception cref="IndexInUseException">Another process has it open.</exception>
    public static async Task<ICaseIndex> OpenAsync(CaseFolder folder, string analysisVersion, CancellationToken cancellation) =>
        folder.IsEncrypted
            ? LiteDbCaseIndex.OpenInMemory(analysisVersion)
            : await LiteDbCaseIndex.OpenAsync(folder.IndexFolder, analysisVersion, cancellation: cancellation);
}
