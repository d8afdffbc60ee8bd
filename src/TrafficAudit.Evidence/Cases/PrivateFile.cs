using Microsoft.Win32.SafeHandles;

namespace TrafficAudit.Evidence.Cases;

/// <summary>Files that only their owner can read: captured data is personal data.</summary>
internal static class PrivateFile
{
    /// <summary>How the name of a file ends that is not whole yet.</summary>
    internal const string DraftEnding = ".new";

    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file with rights for its owner alone when it is new.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize = 4096)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = bufferSize };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = Mode;
        }

        return new FileStream(path, options);
    }

    /// <summary>Opens a file to be written by position, readable by others; with rights for its owner alone when it is new.</summary>
    public static SafeFileHandle OpenHandle(string path, FileMode mode)
    {
        // File.OpenHandle can't say the rights of a new file.
        if (mode == FileMode.CreateNew)
        {
            Open(path, mode, FileAccess.Write, FileShare.Read).Dispose();
        }

        return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
    }

    /// <summary>Writes a whole file, or leaves the old one: never half of it.</summary>
    public static void Write(string path, byte[] content) => Write(path, content, Stream.Null);

    /// <inheritdoc cref="Write(string, byte[])"/>
    public static void Write(string path, Stream content) => Write(path, [], content);

    /// <inheritdoc cref="Write(string, byte[])"/>
    public static void Write(string path, byte[] head, Stream content)
    {
        var temporary = $"{path}.{Environment.ProcessId}{DraftEnding}";
        try
        {
            using (var file = Open(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(head);
                content.CopyTo(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }
    }
}
