using System.Text;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>
/// Reads the records of a WARC file of any writer (ISO 28500: WARC/1.0 and 1.1) one after the other. It keeps one buffer, whatever the file holds.
/// </summary>
/// <param name="content">The file's content, inflated.</param>
internal sealed class ArchiveReader(Stream content)
{
    /// <summary>No record's header, and no HTTP head in a block, is longer.</summary>
    public const int LongestHead = 256 * 1024;

    private readonly byte[] _buffer = new byte[LongestHead];
    private int _start;
    private int _end;
    private long _left;
    private long _count;
    private BlockDigest? _digest;

    /// <summary>The next record; null at the end of the file. What is left of the one before is passed over.</summary>
    /// <exception cref="ImportBreakException">There is something that is no record, or the file is damaged.</exception>
    public ArchivedRecord? Next()
    {
        PassOverBlock();
        if (!PassOverLineEnds())
        {
            return null;
        }

        var length = FindEmptyLine(LongestHead);
        if (length < 0)
        {
            throw Break(_end - _start < LongestHead ? "the file ends in its header" : $"its header is longer than {LongestHead} bytes");
        }

        var record = ArchivedRecord.Parse(Encoding.UTF8.GetString(_buffer, _start, length), _count, this) ?? throw Break("it is no WARC record");
        _start += length;
        _left = record.ContentLength;
        _digest = record.Digest;
        _count++;
        return record;
    }

    /// <summary>Takes the HTTP head from the present block; null when there is none, or none that ends in bounds.</summary>
    public byte[]? TakeHead()
    {
        var length = FindEmptyLine((int)Math.Min(LongestHead, _left));
        if (length < 0)
        {
            return null;
        }

        var head = _buffer.AsSpan(_start, length).ToArray();
        Took(length);
        return head;
    }

    /// <summary>What is left of the present block.</summary>
    public Stream Block() => new BlockStream(this);

    private int ReadBlock(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        if (_start == _end && !Fill())
        {
            throw Break("the file ends in its block", _count - 1);
        }

        var count = (int)Math.Min(Math.Min(_end - _start, _left), buffer.Length);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        Took(count);
        return count;
    }

    private void Took(int count)
    {
        _digest?.Append(_buffer.AsSpan(_start, count));
        _start += count;
        _left -= count;
    }

    private void PassOverBlock()
    {
        while (_left > 0)
        {
            if (_start == _end && !Fill())
            {
                throw Break("the file ends in its block", _count - 1);
            }

            var count = (int)Math.Min(_end - _start, _left);
            _start += count;
            _left -= count;
        }
    }

    private bool PassOverLineEnds()
    {
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOfAnyExcept((byte)'\r', (byte)'\n');
            _start = at < 0 ? _end : _start + at;
            if (at >= 0)
            {
                return true;
            }

            if (!Fill())
            {
                return false;
            }
        }
    }

    /// <summary>The length of what comes up to and with the next empty line, if it comes within <paramref name="limit"/> bytes; else -1.</summary>
    private int FindEmptyLine(int limit)
    {
        var searched = 0;
        while (true)
        {
            var window = _buffer.AsSpan(_start, Math.Min(_end - _start, limit));
            int at;
            while ((at = window[searched..].IndexOf((byte)'\n')) >= 0)
            {
                var next = searched + at + 1;
                if (window[next..] is [(byte)'\n', ..])
                {
                    return next + 1;
                }

                if (window[next..] is [(byte)'\r', (byte)'\n', ..])
                {
                    return next + 2;
                }

                if (window.Length - next < 2)
                {
                    break;
                }

                searched = next;
            }

            searched = at < 0 ? window.Length : searched + at;
            if (window.Length == limit || !Fill())
            {
                return -1;
            }
        }
    }

    /// <summary>Reads more behind what is there; false at the end of the file. There must be room.</summary>
    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        try
        {
            var read = content.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            return read > 0;
        }
        catch (InvalidDataException e)
        {
            throw new ImportBreakException($"near record {_count}: its compressed bytes are damaged", e);
        }
    }

    private ImportBreakException Break(string what) => Break(what, _count);

    private static ImportBreakException Break(string what, long record) => new($"in record {record}: {what}");

    private sealed class BlockStream(ArchiveReader reader) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer) => reader.ReadBlock(buffer);
    }
}
