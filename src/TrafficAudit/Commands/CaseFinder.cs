using TrafficAudit.CommandLine;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Pipeline;

namespace TrafficAudit.Commands;

/// <summary>From <c>--case</c> and <c>--captures</c> to a case's folder.</summary>
internal static class CaseFinder
{
    /// <exception cref="InputException">There is no such case.</exception>
    public static CaseFolder Existing(string captures, string name) =>
        CaseFolder.Find(captures, name)
        ?? throw new InputException($"There is no case {name} in {captures}; 'trafficaudit cases --captures {captures}' lists those there are");

    public static CaseFolder ExistingOrNew(string captures, string name, IEnumerable<string> appIds, TimeProvider time) =>
        CaseFolder.Find(captures, name)
        ?? CaseFolder.Create(captures, new CaseInfo { Name = name, Created = time.GetUtcNow(), ToolVersion = ProgramVersion.Number, AppIds = [.. appIds] });
}
