using System.Buffers.Binary;

namespace TrafficAudit.Geolocation.Databases;

/// <summary>
/// Whether the parts of a MaxMind DB lie where its metadata says: tree, 16 zero bytes, data, metadata. The reader does not check this, and
/// a file with a piece missing in the middle would answer with whatever lies at the shifted offsets.
/// </summary>
internal static class MmdbShape
{
    // The specification: the metadata starts in the last 128 KiB.
    private const int LongestMetadata = 128 * 1024;
    private const int SeparatorLength = 16;

    private static readonly byte[] Marker = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];

    /// <summary>What is wrong with the file; null when its parts fit.</summary>
    public static string? FindFault(Stream file)
    {
        if (file.Length == 0)
        {
            return "is empty";
        }

        var tail = new byte[Math.Min(file.Length, LongestMetadata)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var marker = tail.AsSpan().LastIndexOf(Marker);
        if (marker < 0)
        {
            return "is no MaxMind DB file, or was cut short";
        }

        var metadata = tail.AsSpan(marker + Marker.Length);
        if (ReadUnsigned(metadata, "node_count"u8) is not { } nodes || ReadUnsigned(metadata, "record_size"u8) is not { } bits || bits is not (24 or 28 or 32))
        {
            return "is damaged: its metadata can't be read";
        }

        var treeEnd = (long)nodes * bits / 4;
        var dataEnd = file.Length - tail.Length + marker;
        if (treeEnd + SeparatorLength > dataEnd)
        {
            return "is damaged: it is shorter than its metadata says";
        }

        var separator = new byte[SeparatorLength];
        file.Position = treeEnd;
        file.ReadExactly(separator);
        return separator.AsSpan().ContainsAnyExcept((byte)0) ? "is damaged: its parts are not where its metadata says" : null;
    }

    /// <summary>The unsigned integer (uint16 or uint32: types 5 and 6) that follows a key.</summary>
    private static uint? ReadUnsigned(ReadOnlySpan<byte> metadata, ReadOnlySpan<byte> key)
    {
        var at = metadata.IndexOf(key);
        if (at < 0 || at + key.Length >= metadata.Length)
        {
            return null;
        }

        var value = metadata[(at + key.Length)..];
        var length = value[0] & 0x1F;
        if (value[0] >> 5 is not (5 or 6) || length > 4 || value.Length <= length)
        {
            return null;
        }

        Span<byte> padded = stackalloc byte[4];
        value.Slice(1, length).CopyTo(padded[(4 - length)..]);
        return BinaryPrimitives.ReadUInt32BigEndian(padded);
    }
}
