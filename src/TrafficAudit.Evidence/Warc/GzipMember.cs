using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace TrafficAudit.Evidence.Warc;

/// <summary>
/// One gzip member a record (RFC 1952; WARC/1.1, annex D), each with the extra field <c>sl</c> (annex D, "skip-lengths") that says how
/// long the member is compressed and uncompressed. With it a reader finds the next record, and a torn end, without inflating anything.
/// </summary>
internal static class GzipMember
{
    /// <summary>Fixed header (10), length of extra fields (2), <c>sl</c> with its length (4) and its two numbers (8).</summary>
    public const int HeaderLength = 24;

    /// <summary>CRC-32 and length modulo 2^32.</summary>
    public const int TrailerLength = 8;

    /// <summary>The operating system is not said, so that the bytes are the same on every machine.</summary>
    private const byte UnknownSystem = 0xFF;

    /// <summary>Appends a member at the end of <paramref name="file"/>.</summary>
    /// <returns>How many bytes it took.</returns>
    /// <exception cref="IOException">The disk can't take it, or the content is longer than a member's numbers can say.</exception>
    public static long Write(SegmentFile file, Action<Stream> writeContent)
    {
        var start = file.Position;
        Span<byte> header = stackalloc byte[HeaderLength];
        WriteHeader(header, 0, 0);
        file.Write(header);
        uint crc;
        long length;
        using (var deflate = new DeflateStream(file, CompressionLevel.Fastest, leaveOpen: true))
        using (var counted = new ChecksumStream(deflate))
        {
            writeContent(counted);
            crc = counted.Crc;
            length = counted.Count;
        }

        Span<byte> trailer = stackalloc byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)length);
        file.Write(trailer);
        var end = file.Position;
        if (end - start > uint.MaxValue || length > uint.MaxValue)
        {
            throw new IOException("A record can't be longer than 4 GiB");
        }

        WriteHeader(header, (uint)(end - start), (uint)length);
        file.Patch(start, header);
        return end - start;
    }

    /// <summary>The lengths of the member that <paramref name="header"/> begins; null when it is none of ours.</summary>
    public static (uint Compressed, uint Uncompressed)? LengthsOf(ReadOnlySpan<byte> header) =>
        header.Length >= HeaderLength && header[..4].SequenceEqual(Magic) && header[10..16].SequenceEqual(SkipLengths)
            ? (BinaryPrimitives.ReadUInt32LittleEndian(header[16..]), BinaryPrimitives.ReadUInt32LittleEndian(header[20..]))
            : null;

    /// <summary>Whether the bytes of a member's header that no checksum covers are as they are always written.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> header) => header[4..10].SequenceEqual((ReadOnlySpan<byte>)[0, 0, 0, 0, 0, UnknownSystem]);

    /// <summary>How every member begins.</summary>
    public static ReadOnlySpan<byte> Magic => [0x1F, 0x8B, 8, 4];

    private static ReadOnlySpan<byte> SkipLengths => [12, 0, (byte)'s', (byte)'l', 8, 0];

    private static void WriteHeader(Span<byte> header, uint compressed, uint uncompressed)
    {
        header.Clear();
        Magic.CopyTo(header);
        header[9] = UnknownSystem;
        SkipLengths.CopyTo(header[10..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], compressed);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], uncompressed);
    }

    /// <summary>Counts and sums what is written through it.</summary>
    private sealed class ChecksumStream(Stream inner) : Stream
    {
        private readonly Crc32 _crc = new();

        public uint Crc => _crc.GetCurrentHashAsUInt32();

        public long Count { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _crc.Append(buffer);
            Count += buffer.Length;
            inner.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
