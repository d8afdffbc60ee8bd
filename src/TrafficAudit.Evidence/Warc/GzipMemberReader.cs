using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Warc;

/// <summary>
/// The content of one gzip member of a segment. It gives at most as many bytes as the member says it has, whatever it inflates to; its
/// checksum is verified when it was read to its end.
/// </summary>
internal sealed class GzipMemberReader : ReadOnlyStream
{
    private readonly FileSlice _slice;
    private readonly DeflateStream _inflate;
    private readonly Crc32 _crc = new();
    private readonly byte[] _buffer;
    private int _start;
    private int _end;
    private long _count;
    private bool _ended;
    private bool _damaged;

    private GzipMemberReader(FileSlice slice, (uint Compressed, uint Uncompressed) lengths, byte[] buffer)
    {
        _slice = slice;
        (MemberLength, ContentLength) = lengths;
        _buffer = buffer;
        _inflate = new DeflateStream(slice, CompressionMode.Decompress);
    }

    /// <summary>Compressed length with header and trailer.</summary>
    public uint MemberLength { get; }

    /// <summary>How long the content is, as the member's header says.</summary>
    public uint ContentLength { get; }

    /// <summary>Whether its header says nothing else than <see cref="GzipMember"/> writes.</summary>
    public required bool HasPlainHeader { get; init; }

    /// <summary>The member at <paramref name="offset"/>; null when no whole member of ours lies there.</summary>
    /// <param name="file">The segment.</param>
    /// <param name="offset">Where the member begins.</param>
    /// <param name="fileLength">Where the segment ends.</param>
    /// <param name="buffer">Used by the member while it is read; as long as a record's header may be.</param>
    public static GzipMemberReader? Open(StoredFile file, long offset, long fileLength, byte[] buffer)
    {
        Span<byte> header = stackalloc byte[GzipMember.HeaderLength];
        if (offset < 0 || offset > fileLength - header.Length || file.Read(header, offset) < header.Length)
        {
            return null;
        }

        return GzipMember.LengthsOf(header) is { } lengths
            && lengths.Compressed > GzipMember.HeaderLength + GzipMember.TrailerLength
            && lengths.Compressed <= fileLength - offset
            ? new GzipMemberReader(new FileSlice(file, offset + GzipMember.HeaderLength, offset + lengths.Compressed), lengths, buffer)
            {
                HasPlainHeader = GzipMember.IsPlain(header),
            }
            : null;
    }

    /// <summary>
    /// Takes the bytes up to and with the first occurrence of <paramref name="mark"/>; empty when it does not come within the buffer.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are not what was written.</exception>
    public ReadOnlySpan<byte> TakeThrough(ReadOnlySpan<byte> mark)
    {
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(searched, _end - searched).IndexOf(mark);
            if (at >= 0)
            {
                _start = searched + at + mark.Length;
                return _buffer.AsSpan(0, _start);
            }

            searched = Math.Max(0, _end - mark.Length + 1);
            var read = Inflate(_buffer.AsSpan(_end));
            if (read == 0)
            {
                return [];
            }

            _end += read;
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not what was written.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            return Inflate(buffer);
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    /// <summary>Reads what is left, which verifies the checksum.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what was written.</exception>
    public void ReadToEnd()
    {
        // What the buffer holds was counted and summed already.
        _start = _end = 0;
        while (Inflate(_buffer) > 0)
        {
        }
    }

    protected override void Dispose(bool disposing)
    {
        _inflate.Dispose();
        base.Dispose(disposing);
    }

    private int Inflate(Span<byte> buffer)
    {
        if (_damaged)
        {
            throw new InvalidDataException("The record is damaged");
        }

        if (_ended || buffer.Length == 0)
        {
            return 0;
        }

        // Until the end and the checksum are seen to be right.
        _damaged = true;
        var read = _inflate.Read(buffer);
        _crc.Append(buffer[..read]);
        _count += read;
        if (_count > ContentLength)
        {
            throw new InvalidDataException("The record inflates to more than it says");
        }

        if (read == 0)
        {
            VerifyTrailer();
            _ended = true;
        }

        _damaged = false;
        return read;
    }

    private void VerifyTrailer()
    {
        // DeflateStream takes bytes that stop before their last block does for an end; no other reader of gzip does.
        if (_slice.RanDry)
        {
            throw new InvalidDataException("The record's compressed bytes have no end");
        }

        Span<byte> trailer = stackalloc byte[GzipMember.TrailerLength];
        if (!_slice.TryReadLast(trailer)
            || _count != ContentLength
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _crc.GetCurrentHashAsUInt32()
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)_count)
        {
            throw new InvalidDataException("The record's checksum does not fit its bytes");
        }
    }

    /// <summary>A stretch of a file, read by position so that several readers share one handle.</summary>
    private sealed class FileSlice(StoredFile file, long position, long end) : ReadOnlyStream
    {
        private long _position = position;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        /// <summary>Whether more was asked for than there is, as a decompressor does that has not seen its end.</summary>
        public bool RanDry { get; private set; }

        public bool TryReadLast(Span<byte> buffer) => file.Read(buffer, end - buffer.Length) == buffer.Length;

        public override int Read(Span<byte> buffer)
        {
            var wanted = (int)Math.Min(buffer.Length, end - GzipMember.TrailerLength - _position);
            var read = wanted <= 0 ? 0 : file.Read(buffer[..wanted], _position);
            RanDry |= read == 0;
            _position += read;
            return read;
        }
    }
}
