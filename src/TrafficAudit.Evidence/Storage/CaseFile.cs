using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Evidence.Storage;

/// <summary>A file and how its bytes lie in it: as they are, or encrypted. The one place where evidence is opened.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Key">The case's key; null when it is not encrypted.</param>
internal sealed record CaseFile(string Path, CaseKey? Key = null)
{
    /// <summary>Its name on the disk.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Opens it to be read, also beside a writer.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public StoredFile Open()
    {
        var handle = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Key is null ? new PlainFile(handle) : new EncryptedFile(handle, Path, Key);
    }

    /// <summary>Opens it to be written, readable by its owner alone.</summary>
    /// <param name="mode"><see cref="FileMode.CreateNew"/> or <see cref="FileMode.Open"/>.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public StoredFile OpenToWrite(FileMode mode)
    {
        var handle = PrivateFile.OpenHandle(Path, mode);
        if (Key is null)
        {
            return new PlainFile(handle);
        }

        try
        {
            if (mode == FileMode.CreateNew)
            {
                RandomAccess.Write(handle, new FrameHeader(RandomNumberGenerator.GetBytes(FrameHeader.IdLength), 0).ToBytes(), 0);
            }

            return new EncryptedFile(handle, Path, Key);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The bytes from the start on as a stream.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public Stream OpenStream() => new StoredStream(Open());

    /// <summary>
    /// Copies what lies from <paramref name="position"/> on, and what is torn, to a file beside it as it lies on the disk; that one can be read with the
    /// same key.
    /// </summary>
    /// <returns>How many bytes of the disk's file they are.</returns>
    /// <exception cref="IOException">One can't be read, the other can't be written.</exception>
    public long CopyEnd(long position, string target)
    {
        using var opened = Open();
        var from = opened.StoredLengthOf(position);
        using var source = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var head = opened is EncryptedFile { Header: { } header } ? new FrameHeader(header.Id, position).ToBytes() : [];
        source.Position = from;
        PrivateFile.Write(target, head, source);
        return source.Length - from;
    }
}
