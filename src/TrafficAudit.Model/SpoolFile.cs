using System.Security.Cryptography;

namespace TrafficAudit.Model;

/// <summary>
/// A body that is too large for memory, on its way to the evidence: a file that holds it encrypted (AES-256-GCM) with a key that is never anywhere but in memory,
/// so that nothing of it can be read once its process has ended, however that ended. Written by one thread from start to end.
/// </summary>
public sealed class SpoolFile : IDisposable
{
    private readonly FileStream _file;
    private readonly SpoolCipher _cipher = new();
    private readonly byte[] _chunk = new byte[SpoolCipher.ChunkLength];
    private readonly byte[] _stored = new byte[SpoolCipher.StoredLength];
    private int _waiting;
    private bool _isTaken;

    /// <summary>Creates the file, readable by its owner alone.</summary>
    /// <param name="path">Where; there is none yet.</param>
    /// <exception cref="IOException">It can't be created.</exception>
    public SpoolFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(path, options);
    }

    /// <summary>How many bytes were written.</summary>
    public long Length { get; private set; }

    /// <summary>Appends bytes.</summary>
    /// <exception cref="IOException">The disk can't take them.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = Math.Min(bytes.Length, _chunk.Length - _waiting);
            bytes[..count].CopyTo(_chunk.AsSpan(_waiting));
            bytes = bytes[count..];
            _waiting += count;
            Length += count;
            if (_waiting == _chunk.Length)
            {
                WriteOut();
            }
        }
    }

    /// <summary>Ends the file and gives what was written; disposing that removes the file.</summary>
    /// <exception cref="IOException">The disk can't take the rest.</exception>
    public Body Complete()
    {
        WriteOut();
        _isTaken = true;
        _file.Dispose();
        return new SpooledBody(_file.Name, Length, _cipher);
    }

    /// <summary>Removes the file, unless it was completed.</summary>
    public void Dispose()
    {
        _file.Dispose();
        CryptographicOperations.ZeroMemory(_chunk);
        if (!_isTaken)
        {
            File.Delete(_file.Name);
        }
    }

    private void WriteOut()
    {
        if (_waiting > 0)
        {
            _file.Write(_cipher.Seal((Length - 1) / SpoolCipher.ChunkLength, _chunk.AsSpan(0, _waiting), _stored));
            _waiting = 0;
        }
    }

    private sealed class SpooledBody(string path, long length, SpoolCipher cipher) : Body
    {
        public override long Length => length;

        public override Stream OpenRead() => new SpoolStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0), cipher);

        public override ReadOnlyMemory<byte> ToMemory()
        {
            using var stream = OpenRead();
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }

        protected override void Dispose(bool disposing) => File.Delete(path);
    }
}
