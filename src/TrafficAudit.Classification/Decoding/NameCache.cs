using System.Buffers.Binary;
using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// Keeps the strings of names (JSON keys, header names) and of short numbers that come again and again, so that they are made once.
/// Shared by all threads without a lock: a slot is one reference, and a lost write only costs a string. Texts are never kept.
/// </summary>
internal static class NameCache
{
    private const int LongestName = 40;
    private const int Slots = 2048;
    private static readonly string?[] Names = new string?[Slots];

    /// <summary>The text of <paramref name="utf8"/>; invalid bytes become U+FFFD.</summary>
    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (utf8.Length > LongestName)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref var slot = ref Names[Hash(utf8) % Slots];
        var known = slot;
        if (known is not null && known.Length == utf8.Length && Ascii.Equals(utf8, known))
        {
            return known;
        }

        var name = Encoding.UTF8.GetString(utf8);
        slot = name;
        return name;
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        ulong first;
        ulong last;
        if (name.Length >= 8)
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(name);
            last = BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]);
        }
        else
        {
            first = 0;
            foreach (var b in name)
            {
                first = (first << 8) | b;
            }

            last = first;
        }

        var mixed = (first ^ (last * 0x9E37_79B9_7F4A_7C15) ^ (ulong)name.Length) * 0xD6E8_FEB8_6659_FD93;
        return (uint)(mixed >> 40);
    }
}
