using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>Writes a segment's CDXJ file beside the old one; it takes that one's place when it is complete.</summary>
internal sealed class CdxjWriter : IDisposable
{
    private readonly CaseFile _target;
    private readonly CaseFile _draft;
    private readonly string _segment;
    private readonly SegmentFile _file;
    private readonly StoredFile _members;
    private readonly byte[] _buffer = new byte[PrefixHash.BufferLength];
    private string? _digest;

    /// <param name="target">The CDXJ file.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="goesOn">Whether the lines of the file that is there stay.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public CdxjWriter(CaseFile target, CaseFile segment, bool goesOn)
    {
        _target = target;
        _draft = target with { Path = $"{target.Path}.{Environment.ProcessId}{PrivateFile.DraftEnding}" };
        _segment = segment.Name;
        _members = segment.Open();
        File.Delete(_draft.Path);
        _file = new SegmentFile(_draft.OpenToWrite(FileMode.CreateNew), 0);
        if (goesOn)
        {
            using var old = target.OpenStream();
            old.CopyTo(_file);
        }
    }

    public void Add(WarcRecord record, BlockReading block)
    {
        var digest = RecordCheck.MemberDigest(_members, record.Offset, record.MemberLength, _buffer);
        _file.Write(Encoding.UTF8.GetBytes(CdxjLine.Of(record, block, _segment, digest) + "\n"));
    }

    /// <summary>Puts the file in its place, and gives its SHA-256 as it lies on the disk.</summary>
    public string Complete()
    {
        _file.Commit();
        _file.Dispose();
        using (var written = File.OpenRead(_draft.Path))
        {
            _digest = Convert.ToHexStringLower(SHA256.HashData(written));
        }

        File.Move(_draft.Path, _target.Path, overwrite: true);
        return _digest;
    }

    public void Dispose()
    {
        _file.Dispose();
        _members.Dispose();
        if (_digest is null)
        {
            File.Delete(_draft.Path);
        }
    }
}
