using System.Buffers.Binary;
using TrafficAudit.Evidence.Imports;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>
/// Looks how long a ZIP's central directory is before <see cref="System.IO.Compression.ZipArchive"/> reads all of it into memory (APPNOTE.TXT,
/// sections 4.3.14 to 4.3.16).
/// </summary>
internal static class ZipDirectory
{
    /// <summary>Some 200,000 entries: far over what an archive of traffic has.</summary>
    public const long LongestDirectory = 16 * 1024 * 1024;

    private const int EndLength = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int LocatorLength = 20;

    /// <exception cref="ImportException">It is too long, or there is none.</exception>
    public static void Check(Stream file, string name)
    {
        var length = (int)Math.Min(file.Length, EndLength + LongestComment + LocatorLength);
        var tail = new byte[length];
        file.Position = file.Length - length;
        file.ReadExactly(tail);
        file.Position = 0;
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < EndLength)
        {
            throw new ImportException($"{name} is a ZIP without its end; get the whole file again");
        }

        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        if (start == uint.MaxValue)
        {
            start = Start64(file, tail.AsSpan(0, at), name);
        }

        if (start < 0 || start > file.Length || file.Length - start > LongestDirectory)
        {
            throw new ImportException($"{name} is a ZIP whose directory is longer than {LongestDirectory} bytes, as no archive of traffic has it");
        }
    }

    private static long Start64(Stream file, ReadOnlySpan<byte> before, string name)
    {
        var at = before.LastIndexOf("PK\u0006\u0007"u8);
        var end = at >= 0 && before.Length - at >= LocatorLength ? BinaryPrimitives.ReadInt64LittleEndian(before[(at + 8)..]) : -1;
        if (end < 0 || end > file.Length - 56)
        {
            throw new ImportException($"{name} is a ZIP whose end is damaged; get the file again");
        }

        var record = new byte[56];
        file.Position = end;
        file.ReadExactly(record);
        file.Position = 0;
        return BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48));
    }
}
