using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace TrafficAudit.Evidence.Warc;

/// <summary>The content of one gzip member of a segment; its checksum is verified when it was read to its end.</summary>
internal sealed class GzipMemberReader : Stream
{
    private readonly FileSlice _slice;
    private readonly DeflateStream _inflate;
    private readonly Crc32 _crc = new();
    private long _count;
    private bool _ended;

    private GzipMemberReader(FileSlice slice, uint length)
    {
        _slice = slice;
        MemberLength = length;
        _inflate = new DeflateStream(slice, CompressionMode.Decompress);
    }

    /// <summary>Compressed length with header and trailer.</summary>
    public uint MemberLength { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The member at <paramref name="offset"/>; null when no whole member of ours lies there.</summary>
    public static GzipMemberReader? Open(Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset, long fileLength)
    {
        Span<byte> header = stackalloc byte[GzipMember.HeaderLength];
        if (offset + header.Length > fileLength || RandomAccess.Read(file, header, offset) < header.Length)
        {
            return null;
        }

        return GzipMember.LengthOf(header) is { } length && length > GzipMember.HeaderLength + GzipMember.TrailerLength && offset + length <= fileLength
            ? new GzipMemberReader(new FileSlice(file, offset + GzipMember.HeaderLength, offset + length), length)
            : null;
    }

    /// <exception cref="InvalidDataException">The bytes are not what was written.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = _inflate.Read(buffer);
        _crc.Append(buffer[..read]);
        _count += read;
        if (read == 0 && buffer.Length > 0 && !_ended)
        {
            _ended = true;
            VerifyTrailer();
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _inflate.Dispose();
        base.Dispose(disposing);
    }

    private void VerifyTrailer()
    {
        Span<byte> trailer = stackalloc byte[GzipMember.TrailerLength];
        _slice.ReadLast(trailer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _crc.GetCurrentHashAsUInt32()
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)_count)
        {
            throw new InvalidDataException("The record's checksum does not fit its bytes");
        }
    }

    /// <summary>A stretch of a file, read by position so that several readers share one handle.</summary>
    private sealed class FileSlice(Microsoft.Win32.SafeHandles.SafeFileHandle file, long position, long end) : Stream
    {
        private long _position = position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public void ReadLast(Span<byte> buffer) => RandomAccess.Read(file, buffer, end - buffer.Length);

        public override int Read(Span<byte> buffer)
        {
            var wanted = (int)Math.Min(buffer.Length, end - GzipMember.TrailerLength - _position);
            var read = wanted <= 0 ? 0 : RandomAccess.Read(file, buffer[..wanted], _position);
            _position += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
