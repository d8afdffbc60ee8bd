using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Undoes one compression, as far as the run's bounds allow.</summary>
internal static class Compression
{
    /// <summary>Below this much output the ratio says nothing: a short message of blanks is no bomb.</summary>
    private const int FreeOutput = 1024 * 1024;

    /// <summary>Header, an empty block and trailer.</summary>
    private const int ShortestGzip = 20;

    /// <summary>HTTP allows zstd windows up to 8 MiB (RFC 9659); a larger claim is refused before memory is taken for it.</summary>
    private const int LargestZstdWindowLog = 23;

    /// <summary>The compression that the first bytes are a mark of; null when there is none.</summary>
    public static string? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8)
        {
            return null;
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) switch
        {
            0xFD2FB528 => Decodings.Zstandard,
            Lz4Frame.Mark => Decodings.Lz4,
            var head when (head & 0xFFFFFF) == 0x088B1F => Decodings.Gzip,
            _ => bytes[0] == 0x78 && IsZlib(bytes) ? Decodings.Deflate : null,
        };
    }

    /// <summary>
    /// Decompresses <paramref name="input"/>. A stream that breaks off yields what came before; false when nothing did, or
    /// when the input turned out to be text, so that the label was wrong, or with <paramref name="mustBeWhole"/> when it breaks off.
    /// </summary>
    public static bool TryDecompress(DecodingRun run, ReadOnlyMemory<byte> input, string coding, bool mustBeWhole, out ReadOnlyMemory<byte> output)
    {
        output = default;

        // What any of these yields has control characters in its first few bytes.
        if (Printable.IsText(input.Span))
        {
            return false;
        }

        var limit = Math.Min(Math.Min(run.BytesLeft, Array.MaxLength - 1), Math.Max(FreeOutput, (long)input.Length * run.Limits.ExpansionRatio));
        var sink = new Sink(run, (int)limit, Expected(input.Span, coding));
        var whole = coding switch
        {
            Decodings.Brotli => Brotli(input.Span, sink),
            Decodings.Lz4 => Lz4(input.Span, sink, (int)limit),
            _ => Streamed(() => Open(input, coding), sink),
        };
        output = sink.Written;
        if (sink.IsFull)
        {
            run.Cut();
        }

        return (output.Length > 0 || SaysItIsEmpty(input.Span, coding)) && (whole || sink.IsFull || !mustBeWhole) && run.TrySpend(output.Length);
    }

    /// <summary>Reads what a stream yields for <paramref name="packed"/> bytes, all of it or as much as the run's bounds allow.</summary>
    public static bool TryRead(DecodingRun run, Func<Stream> open, int packed, out ReadOnlyMemory<byte> output)
    {
        var limit = Math.Min(Math.Min(run.BytesLeft, Array.MaxLength - 1), Math.Max(FreeOutput, (long)packed * run.Limits.ExpansionRatio));
        var sink = new Sink(run, (int)limit, packed);
        _ = Streamed(open, sink);
        output = sink.Written;
        if (sink.IsFull)
        {
            run.Cut();
        }

        return output.Length > 0 && run.TrySpend(output.Length);
    }

    /// <summary>A stream over bytes, without a copy where that is possible.</summary>
    public static MemoryStream Open(ReadOnlyMemory<byte> input) => MemoryMarshal.TryGetArray(input, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(input.ToArray(), writable: false);

    private static bool IsZlib(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 && (bytes[0] & 0x0F) == 8 && bytes[0] >> 4 <= 7 && BinaryPrimitives.ReadUInt16BigEndian(bytes) % 31 == 0;

    private static bool SaysItIsEmpty(ReadOnlySpan<byte> input, string coding) =>
        coding == Decodings.Gzip && input.Length >= ShortestGzip && BinaryPrimitives.ReadUInt32LittleEndian(input[^4..]) == 0;

    /// <summary>A guess at the output's length; gzip ends with it (RFC 1952, 2.3.1).</summary>
    private static int Expected(ReadOnlySpan<byte> input, string coding)
    {
        var likely = Math.Min(input.Length * 4L, FreeOutput);
        if (coding == Decodings.Gzip && input.Length >= ShortestGzip)
        {
            var claimed = BinaryPrimitives.ReadUInt32LittleEndian(input[^4..]);
            likely = claimed <= FreeOutput ? claimed : likely;
        }

        // One byte more than needed shows the end of the stream without growing.
        return (int)likely + 1;
    }

    private static bool Streamed(Func<Stream> open, Sink sink)
    {
        try
        {
            using var stream = open();
            int read;
            while (!sink.IsFull && (read = stream.Read(sink.Free())) > 0)
            {
                sink.Advance(read);
            }

            return !sink.IsFull;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        catch (ZstdException)
        {
            return false;
        }
        catch (IOException)
        {
            // zlib's own errors and a zstd stream that breaks off; the input is memory, so it is no fault of a disk.
            return false;
        }
    }

    private static Stream Open(ReadOnlyMemory<byte> input, string coding)
    {
        var bytes = Open(input);
        switch (coding)
        {
            case Decodings.Gzip:
                return new GZipStream(bytes, CompressionMode.Decompress);
            case Decodings.Zstandard:
                var zstd = new DecompressionStream(bytes);
                zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, LargestZstdWindowLog);
                return zstd;
            default:
                // Both are sent under the name "deflate" (RFC 9110, 8.4.1.2).
                return IsZlib(input.Span)
                    ? new ZLibStream(bytes, CompressionMode.Decompress)
                    : new DeflateStream(bytes, CompressionMode.Decompress);
        }
    }

    private static bool Brotli(ReadOnlySpan<byte> input, Sink sink)
    {
        using var decoder = new BrotliDecoder();
        while (!sink.IsFull)
        {
            var status = decoder.Decompress(input, sink.Free(), out var consumed, out var written);
            input = input[consumed..];
            sink.Advance(written);
            if (status != OperationStatus.DestinationTooSmall)
            {
                return status == OperationStatus.Done;
            }
        }

        return false;
    }

    private static bool Lz4(ReadOnlySpan<byte> input, Sink sink, int most)
    {
        var (output, isWhole) = (Array.Empty<byte>(), false);
        if (input.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(input) == Lz4Frame.Mark)
        {
            Lz4Frame.Decode(input, most, out output, out isWhole);
        }
        else
        {
            Lz4Block.Decode(input, most, out output, out isWhole);
        }

        ReadOnlySpan<byte> rest = output;
        while (!rest.IsEmpty && !sink.IsFull)
        {
            var free = sink.Free();
            var count = Math.Min(free.Length, rest.Length);
            rest[..count].CopyTo(free);
            sink.Advance(count);
            rest = rest[count..];
        }

        return isWhole;
    }

    /// <summary>Grows while output comes, up to a limit in size and time.</summary>
    private sealed class Sink(DecodingRun run, int limit, int expected)
    {
        private byte[] _buffer = new byte[Math.Clamp(expected, 1, limit + 1)];
        private int _length;

        public bool IsFull { get; private set; }

        public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

        public Span<byte> Free()
        {
            if (_length == _buffer.Length)
            {
                Array.Resize(ref _buffer, (int)Math.Min(Math.Max(_length * 2L, 256), limit + 1L));
            }

            return _buffer.AsSpan(_length);
        }

        public void Advance(int count)
        {
            _length += count;
            IsFull = _length > limit || run.IsLate();
            _length = Math.Min(_length, limit);
        }
    }
}
