using TrafficAudit.Evidence.Storage;

namespace TrafficAudit.Evidence.Warc;

/// <summary>
/// Reads a segment's records one after the other, up to the last whole one. It may read beside a writer: what was appended after it
/// was opened is not seen.
/// </summary>
internal sealed class SegmentReader(CaseFile file) : IDisposable
{
    /// <summary>A record's header is not longer; the bound is the buffer's.</summary>
    private const int LongestHeader = 64 * 1024;

    /// <summary>So often in a row something may look like a record and be none, until no more are looked for.</summary>
    private const int FruitlessStarts = 100;

    private readonly StoredFile _file = file.Open();
    private readonly byte[] _buffer = new byte[LongestHeader];

    /// <summary>Reads a file whose bytes lie on the disk as they are.</summary>
    public SegmentReader(string path)
        : this(new CaseFile(path))
    {
    }

    public CaseFile File => file;

    /// <summary>How long the segment is, with what is no whole record.</summary>
    public long Length => _file.Length + _file.TornBytes;

    /// <summary>The records from <paramref name="offset"/> on; each one's block can be read until the next is asked for.</summary>
    /// <param name="offset">Where a record begins.</param>
    /// <param name="damaged">
    /// Told where bytes lie that are no whole record, when records follow that are read on; without it reading ends there.
    /// </param>
    public IEnumerable<WarcRecord> Read(long offset = 0, Action<long>? damaged = null)
    {
        var length = _file.Length;
        var start = offset;
        var fruitless = 0;
        while (fruitless <= FruitlessStarts)
        {
            long? end = null;
            using (var member = GzipMemberReader.Open(_file, start, length, _buffer))
            {
                if (member is not null && WarcRecord.Read(start, member) is { } record)
                {
                    yield return record;
                    end = record.TryVerify() ? start + member.MemberLength : null;
                }
            }

            if (end is not null)
            {
                fruitless = 0;
                start = end.Value;
                continue;
            }

            if (damaged is null || start < 0 || start >= length || NextStart(start + 1) is not { } next)
            {
                yield break;
            }

            fruitless++;
            damaged(start);
            start = next;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Where the next bytes lie, from <paramref name="offset"/> on, that a record could begin with; null when there are none.</summary>
    private long? NextStart(long offset)
    {
        int read;
        for (var from = offset; (read = _file.Read(_buffer, from)) >= GzipMember.HeaderLength;)
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

            from += read - GzipMember.HeaderLength + 1;
        }

        return null;
    }
}
