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

    /// <summary>The case, unlocked; made when it is new.</summary>
    /// <exception cref="InputException">It is to be encrypted, and is there and is not; or the passphrase is not to be had.</exception>
    /// <exception cref="CaseException">It is not the case's passphrase, or the case can't be made.</exception>
    public static CaseFolder ExistingOrNew(
        string captures, string name, IEnumerable<string> appIds, TimeProvider time, bool encrypt = false, string? passphraseFile = null)
    {
        if (CaseFolder.Find(captures, name) is { } folder)
        {
            return !encrypt || folder.IsEncrypted
                ? CasePassphrase.Unlock(folder, passphraseFile)
                : throw new InputException($"The case {name} is there and is not encrypted: --encrypt makes a new case; choose another name");
        }

        var info = new CaseInfo { Name = name, Created = time.GetUtcNow(), ToolVersion = ProgramVersion.Number, AppIds = [.. appIds] };
        return CaseFolder.Create(captures, info, encrypt ? CasePassphrase.ForNew(name, passphraseFile) : null);
    }
}
