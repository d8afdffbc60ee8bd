using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>Writes a segment's CDXJ file beside the old one; it takes that one's place when it is complete.</summary>
internal sealed class CdxjWriter : IDisposable
{
    private readonly string _target;
    private readonly string _draft;
    private readonly string _segment;
    private readonly FileStream _file;
    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _members;
    private readonly byte[] _buffer = new byte[PrefixHash.BufferLength];
    private bool _isComplete;

    /// <param name="target">The CDXJ file.</param>
    /// <param name="segment">The segment's path.</param>
    /// <param name="goesOn">Whether the lines of the file that is there stay.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public CdxjWriter(string target, string segment, bool goesOn)
    {
        _target = target;
        _draft = $"{target}.{Environment.ProcessId}.new";
        _segment = Path.GetFileName(segment);
        _file = PrivateFile.Open(_draft, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024);
        _members = PrefixHash.Open(segment);
        if (goesOn)
        {
            using var old = File.OpenRead(target);
            old.CopyTo(_file);
        }
    }

    /// <summary>Where the next line goes.</summary>
    public long Position => _file.Position;

    public void Add(WarcRecord record, BlockReading block)
    {
        var digest = RecordCheck.MemberDigest(_members, record.Offset, record.MemberLength, _buffer);
        _file.Write(Encoding.UTF8.GetBytes(CdxjLine.Of(record, block, _segment, digest) + "\n"));
    }

    /// <summary>Cuts off what comes after <paramref name="length"/>, puts the file in its place, and gives its SHA-256.</summary>
    public string Complete(long length)
    {
        _file.SetLength(length);
        _file.Flush(flushToDisk: true);
        _file.Position = 0;
        var digest = Convert.ToHexStringLower(SHA256.HashData(_file));
        _file.Dispose();
        File.Move(_draft, _target, overwrite: true);
        _isComplete = true;
        return digest;
    }

    public void Dispose()
    {
        _file.Dispose();
        _members.Dispose();
        if (!_isComplete)
        {
            File.Delete(_draft);
        }
    }
}
