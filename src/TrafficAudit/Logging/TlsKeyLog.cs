using TrafficAudit.CommandLine;

namespace TrafficAudit.Logging;

/// <summary>
/// Lets the runtime write the secrets of every TLS session into a file (RFC 9850, the SSLKEYLOGFILE format). The runtime does it only where a switch
/// allows it and the environment names a file; both are set here and nowhere else, so that a variable which happens to exist does nothing.
/// </summary>
internal static class TlsKeyLog
{
    private const string Switch = "System.Net.EnableSslKeyLogging";
    private const string Variable = "SSLKEYLOGFILE";

    /// <summary>To be called before the first TLS session of the process; does nothing without a file.</summary>
    /// <exception cref="InputException">The system's TLS library does not give its secrets away, or the file can't be written.</exception>
    public static void WriteTo(string? file)
    {
        if (file is null)
        {
            return;
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new InputException("--tls-keys works on Linux only: the TLS libraries of Windows and macOS do not give session keys away");
        }

        var path = Path.GetFullPath(file);
        try
        {
            // Made here, for its owner alone, and not by the runtime when it is too late for a message.
            using var made = new FileStream(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.Append,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                });
            File.SetUnixFileMode(made.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--tls-keys {file} can't be written ({e.Message}); name another file", e);
        }

        AppContext.SetSwitch(Switch, true);
        Environment.SetEnvironmentVariable(Variable, path);
    }
}
