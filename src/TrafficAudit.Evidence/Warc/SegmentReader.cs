using Microsoft.Win32.SafeHandles;

namespace TrafficAudit.Evidence.Warc;

/// <summary>
/// Reads a segment's records one after the other, up to the last whole one. It may read beside a writer: what was appended after it
/// was opened is not seen.
/// </summary>
internal sealed class SegmentReader(string path) : IDisposable
{
    /// <summary>A record's header is not longer; the bound is the buffer's.</summary>
    private const int LongestHeader = 64 * 1024;

    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.None);
    private readonly byte[] _buffer = new byte[LongestHeader];

    public string Path => path;

    /// <summary>Where reading stopped because no whole record follows; the file's length when it is whole. Known after <see cref="Read"/> ended.</summary>
    public long End { get; private set; }

    public long FileLength => RandomAccess.GetLength(_file);

    /// <summary>The records from <paramref name="offset"/> on; each one's block can be read until the next is asked for.</summary>
    public IEnumerable<WarcRecord> Read(long offset = 0)
    {
        End = offset;
        var length = FileLength;
        while (GzipMemberReader.Open(_file, End, length, _buffer) is { } member)
        {
            using (member)
            {
                if (WarcRecord.Read(End, member) is not { } record)
                {
                    yield break;
                }

                yield return record;
                if (!record.TryVerify())
                {
                    yield break;
                }

                End += member.MemberLength;
            }
        }
    }

    /// <summary>Where the next bytes lie, from <paramref name="offset"/> on, that a record could begin with; null when there are none.</summary>
    public long? NextStart(long offset)
    {
        int read;
        for (var from = offset; (read = RandomAccess.Read(_file, _buffer, from)) >= GzipMember.HeaderLength; from += read - GzipMember.HeaderLength + 1)
        {
            var rest = _buffer.AsSpan(0, read);
            int at;
            while ((at = rest.IndexOf(GzipMember.Magic)) >= 0)
            {
                rest = rest[at..];
                if (GzipMember.LengthsOf(rest) is not null)
                {
                    return from + read - rest.Length;
                }

                rest = rest[1..];
            }
        }

        return null;
    }

    public void Dispose() => _file.Dispose();
}
