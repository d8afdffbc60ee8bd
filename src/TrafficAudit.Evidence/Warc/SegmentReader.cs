using Microsoft.Win32.SafeHandles;

namespace TrafficAudit.Evidence.Warc;

/// <summary>
/// Reads a segment's records one after the other, up to the last whole one. It may read beside a writer: what was appended after it
/// was opened is not seen.
/// </summary>
internal sealed class SegmentReader(string path) : IDisposable
{
    private const int Buffer = 64 * 1024;

    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.None);

    /// <summary>Where reading stopped because no whole record follows; the file's length when it is whole. Known after <see cref="Read"/> ended.</summary>
    public long End { get; private set; }

    public long FileLength => RandomAccess.GetLength(_file);

    /// <summary>The records from <paramref name="offset"/> on; each one's block can be read until the next is asked for.</summary>
    public IEnumerable<WarcRecord> Read(long offset = 0)
    {
        End = offset;
        var length = FileLength;
        while (GzipMemberReader.Open(_file, End, length) is { } member)
        {
            using (member)
            using (var buffered = new BufferedStream(member, Buffer))
            {
                if (Header(buffered) is not { } fields)
                {
                    yield break;
                }

                var record = new WarcRecord(End, member.MemberLength, fields, buffered);
                yield return record;
                if (!record.TryVerify())
                {
                    yield break;
                }

                End += member.MemberLength;
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private static Dictionary<string, string>? Header(Stream record)
    {
        try
        {
            return WarcRecord.ReadHeader(record);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
