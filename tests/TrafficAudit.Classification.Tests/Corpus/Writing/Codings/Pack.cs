using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using K4os.Compression.LZ4;
using TrafficAudit.Classification.Tests.Decoding;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>Compresses, by others' encoders.</summary>
internal static class Pack
{
    public static byte[] Gzip(byte[] plain) => Reading.Gzip(plain);

    public static byte[] Zlib(byte[] plain) => Reading.Zlib(plain);

    public static byte[] Deflate(byte[] plain) => Reading.RawDeflate(plain);

    public static byte[] Brotli(byte[] plain) => Reading.Brotli(plain);

    public static byte[] Zstd(byte[] plain) => Reading.Zstd(plain);

    /// <summary>One block in a frame (LZ4 Frame Format Description 1.6.1), checksums of the head only.</summary>
    public static byte[] Lz4(byte[] plain)
    {
        var block = new byte[LZ4Codec.MaximumOutputSize(plain.Length)];
        var length = LZ4Codec.Encode(plain, block);
        byte[] descriptor = [0x60, 0x40];
        var size = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(size, length);
        return [4, 0x22, 0x4D, 0x18, .. descriptor, (byte)(XxHash32.HashToUInt32(descriptor) >> 8), .. size, .. block[..length], 0, 0, 0, 0];
    }

    /// <summary>A ZIP archive with one file.</summary>
    public static byte[] Zip(string name, byte[] plain)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(plain);
        }

        return bytes.ToArray();
    }
}
