using System.Globalization;
using System.Text;

namespace TrafficAudit.Evidence.Cases;

/// <summary>
/// One process writes a case at a time. The lock is the operating system's on the open file <c>case.lock</c>, so that it ends with its
/// process however that ends. Who holds it is said by <c>case.owner</c> beside it, since a locked file can't be read by others.
/// </summary>
public sealed class CaseLock : IDisposable
{
    private const string Name = "case.lock";
    private const string OwnerName = "case.owner";
    private readonly FileStream _file;

    private CaseLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="CaseException">Another process holds it (the message names it), or the folder can't be written.</exception>
    public static CaseLock Take(CaseFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        FileStream file;
        try
        {
            file = PrivateFile.Open(Path.Combine(folder.Path, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e))
        {
            var owner = Owner(folder) is { } id ? $"process {id.ToString(CultureInfo.InvariantCulture)}" : "another process";
            throw new CaseException($"The case {folder.Info.Name} is in use by {owner}; stop that one first", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, e);
        }

        try
        {
            var id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            PrivateFile.Write(Path.Combine(folder.Path, OwnerName), Encoding.ASCII.GetBytes(id));
            return new CaseLock(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw Unwritable(folder, e);
        }
    }

    /// <summary>Whether a process holds the lock; nothing is written.</summary>
    public static bool IsHeld(CaseFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            new FileStream(Path.Combine(folder.Path, Name), FileMode.Open, FileAccess.Read, FileShare.None, 1).Dispose();
            return false;
        }
        catch (IOException e)
        {
            return IsHeld(e);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The process that took the lock last, as far as its file says; null when it says nothing. It may be gone.</summary>
    public static int? Owner(CaseFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            var text = File.ReadAllText(Path.Combine(folder.Path, OwnerName));
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _file.Dispose();

    internal static CaseException Unwritable(CaseFolder folder, Exception e) =>
        new($"The case folder {folder.Path} can't be written ({e.Message}); check the disk and the folder's rights", e);

    /// <summary>
    /// Told apart from a folder that is gone, or a disk that is full or read-only: EWOULDBLOCK of Linux and macOS, and Windows' sharing
    /// violation.
    /// </summary>
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
