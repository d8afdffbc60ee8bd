using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.CommandLine;

/// <summary>
/// Where the passphrase of an encrypted case comes from: <c>--passphrase-file</c>, then the variable <c>TRAFFICAUDIT_PASSPHRASE</c>, then whoever sits at the
/// terminal. Never the command line, which other users of the machine can read.
/// </summary>
internal static class CasePassphrase
{
    private const string Variable = "TRAFFICAUDIT_PASSPHRASE";

    /// <summary>The case with what it holds readable.</summary>
    /// <exception cref="InputException">No passphrase is to be had.</exception>
    /// <exception cref="CaseException">It is not the case's.</exception>
    public static CaseFolder Unlock(CaseFolder folder, string? file) => !folder.IsLocked
        ? folder
        : folder.Unlock(Given(file) ?? HiddenInput.Ask($"Passphrase of case {folder.Info.Name}: ") ?? throw Missing($"The case {folder.Info.Name} is encrypted"));

    /// <summary>The same where it can be done without: a passphrase that is not given leaves the case locked.</summary>
    /// <exception cref="CaseException">The passphrase that was given is not the case's.</exception>
    public static CaseFolder UnlockIfGiven(CaseFolder folder, string? file) =>
        folder is { IsLocked: true, Info.Encryption: not null }
        && (Given(file) ?? HiddenInput.Ask($"Passphrase of case {folder.Info.Name} (none: only what was sealed is verified): ")) is { Length: > 0 } passphrase
            ? folder.Unlock(passphrase)
            : folder;

    /// <summary>The passphrase that a new case is to have; who types it types it twice.</summary>
    /// <exception cref="InputException">None is to be had, or the two differ.</exception>
    public static string ForNew(string name, string? file)
    {
        if (Given(file) is { } given)
        {
            return given;
        }

        var typed = HiddenInput.Ask($"Passphrase for the new case {name}: ") ?? throw Missing("A passphrase is needed to encrypt the case");
        return typed.Length == 0 ? throw new InputException("The passphrase is empty; nothing was made")
            : HiddenInput.Ask("The same again: ") == typed ? typed
            : throw new InputException("The two passphrases differ; nothing was made");
    }

    /// <exception cref="InputException">The file can't be used.</exception>
    private static string? Given(string? file)
    {
        if (file is null)
        {
            return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : null;
        }

        return HiddenInput.FirstLine(file, "--passphrase-file");
    }

    private static InputException Missing(string why) => new($"{why}: give its passphrase with --passphrase-file FILE or the variable {Variable}");
}
