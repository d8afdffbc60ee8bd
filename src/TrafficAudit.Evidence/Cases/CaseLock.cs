using System.Globalization;
using System.Text;

namespace TrafficAudit.Evidence.Cases;

/// <summary>
/// One process writes a case at a time. The lock is the operating system's on an open file, so that it ends with its process however
/// that ends; the file's text only says who holds it.
/// </summary>
public sealed class CaseLock : IDisposable
{
    private const string Name = "case.lock";
    private readonly FileStream _file;

    private CaseLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="CaseException">Another process holds it (the message names it), or the folder can't be written.</exception>
    public static CaseLock Take(CaseFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder.Path, Name);
        FileStream file;
        try
        {
            file = PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CaseException($"The case folder {folder.Path} can't be written; check the folder's rights", e);
        }
        catch (IOException e)
        {
            var owner = Owner(folder);
            throw new CaseException(
                owner is null
                    ? $"The case {folder.Info.Name} can't be locked ({e.Message})"
                    : $"The case {folder.Info.Name} is in use by process {owner}; stop that one first",
                e);
        }

        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return new CaseLock(file);
    }

    /// <summary>The process that holds the lock, as far as its file says; null when it says nothing.</summary>
    public static int? Owner(CaseFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            // Asks for no lock of its own, so that it can be read beside its holder.
            using var file = new FileStream(Path.Combine(folder.Path, Name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, Encoding.ASCII);
            return int.TryParse(reader.ReadToEnd(), out var id) ? id : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _file.Dispose();
}
