using System.Runtime.InteropServices;

namespace TrafficAudit;

/// <summary>Captured data is personal data: whatever this program creates is for its owner alone, also files that libraries create.</summary>
internal static partial class PrivateFiles
{
    private const uint NobodyElse = 0b000_111_111;

    /// <summary>Sets the process's file creation mask (POSIX umask). Windows gives a user's folders to that user by themselves.</summary>
    public static void ByDefault()
    {
        if (!OperatingSystem.IsWindows())
        {
            Umask(NobodyElse);
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint Umask(uint mask);
}
