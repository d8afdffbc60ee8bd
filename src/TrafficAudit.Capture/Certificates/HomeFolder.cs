using System.Runtime.InteropServices;

namespace TrafficAudit.Capture.Certificates;

/// <summary>
/// The installation's own folder (<c>--home DIR</c>): keys and paired devices, readable by their owner alone. Files appear
/// whole or not at all, because several processes may start at the same moment and any of them may be killed.
/// </summary>
public sealed class HomeFolder
{
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnlyFile | UnixFileMode.UserExecute;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode AnyAccessByOthers =
        WritableByOthers | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string _path;

    private HomeFolder(string path) => _path = path;

    /// <summary>Opens <paramref name="home"/>, and makes it (mode 0700) when it isn't there.</summary>
    /// <exception cref="IOException">It can't be made, or others may write to it: they could put their own key there.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be made or read.</exception>
    public static HomeFolder Open(string home)
    {
        var folder = Path.GetFullPath(home);
        if (OperatingSystem.IsWindows())
        {
            // The application-data folder gives its access list, which names the user alone, to what is made in it.
            Directory.CreateDirectory(folder);
            return new HomeFolder(folder);
        }

        Directory.CreateDirectory(folder, OwnerOnlyFolder);
        if ((File.GetUnixFileMode(folder) & WritableByOthers) != UnixFileMode.None)
        {
            throw new IOException($"others may write to {folder}: run chmod 700 on it");
        }

        return new HomeFolder(folder);
    }

    /// <summary>The full path of a file of this folder.</summary>
    public string PathOf(string name) => Path.Combine(_path, name);

    /// <summary>Whether others than the owner have any access to the file. Always false on Windows (see <see cref="Open"/>).</summary>
    public bool IsOpenToOthers(string name) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(PathOf(name)) & AnyAccessByOthers) != UnixFileMode.None;

    /// <summary>Writes a file that must not exist yet; false when another process was first, whose file then stays.</summary>
    public bool TryCreate(string name, ReadOnlySpan<byte> content)
    {
        var target = PathOf(name);
        var draft = WriteDraft(name, content);
        try
        {
            MoveWithoutOverwriting(draft, target);
            return true;
        }
        catch (IOException) when (File.Exists(target))
        {
            return false;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Writes a file in place of the one that may be there; readers see the old one or the new one, never a part.</summary>
    public void Replace(string name, ReadOnlySpan<byte> content)
    {
        var draft = WriteDraft(name, content);
        try
        {
            File.Move(draft, PathOf(name), overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Reads a file of at most <paramref name="limit"/> bytes; null when there is none.</summary>
    /// <exception cref="InvalidDataException">It is longer.</exception>
    public byte[]? Read(string name, int limit)
    {
        try
        {
            using var file = File.OpenRead(PathOf(name));
            if (file.Length > limit)
            {
                throw new InvalidDataException($"it is longer than {limit} bytes");
            }

            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static void MoveWithoutOverwriting(string draft, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(draft, target, overwrite: false);
        }
        else if (Link(draft, target) != 0)
        {
            throw new IOException($"{target} can't be made: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>
    /// link(2), which fails when the new name is taken. <c>File.Move</c> looks first and renames then on Unix: of 150 rounds with 8
    /// starts at once, 4 ended with more than one authority.
    /// </summary>
    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string draft, [MarshalAs(UnmanagedType.LPUTF8Str)] string target);

    private string WriteDraft(string name, ReadOnlySpan<byte> content)
    {
        var draft = PathOf($".{name}.{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnlyFile;
        }

        try
        {
            using var file = new FileStream(draft, options);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }

        return draft;
    }
}
