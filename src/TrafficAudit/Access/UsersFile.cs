using System.Globalization;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Review.Access;

namespace TrafficAudit.Access;

/// <summary>The installation's <c>users.json</c>, with users and client tokens, for its owner alone.</summary>
internal sealed class UsersFile : IAccessFile
{
    private const string Name = "users.json";
    private const string LockName = "users.lock";
    private const int LargestFile = 4 * 1024 * 1024;
    private const int Attempts = 50;

    private readonly HomeFolder _home;

    private UsersFile(HomeFolder home) => _home = home;

    public string Path => _home.PathOf(Name);

    public string Version
    {
        get
        {
            var file = new FileInfo(Path);
            return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks} {file.Length}") : "";
        }
    }

    /// <exception cref="IOException">The home folder can't be used, or others than its owner can read the file.</exception>
    public static UsersFile Open(string home)
    {
        var file = new UsersFile(HomeFolder.Open(home));
        return File.Exists(file.Path) && file._home.IsOpenToOthers(Name)
            ? throw new IOException($"{file.Path} is open to others: run chmod 600 on it, and give its users new passwords")
            : file;
    }

    public byte[]? Read()
    {
        try
        {
            return _home.Read(Name, LargestFile);
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"{Path}: {e.Message}", e);
        }
    }

    public void Change(Func<byte[]?, byte[]> change)
    {
        using var alone = Lock();
        _home.Replace(Name, change(Read()));
    }

    /// <summary>Two processes that change the file at once would lose one change; each holds it for a moment only.</summary>
    private FileStream Lock()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(_home.PathOf(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (IOException) when (attempt < Attempts)
            {
                using var pause = new ManualResetEventSlim();
                pause.Wait(TimeSpan.FromMilliseconds(20));
            }
        }
    }
}
