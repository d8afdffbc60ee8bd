using System.Buffers.Binary;
using System.Numerics;

namespace TrafficAudit.Classification.Personas;

/// <summary>MurmurHash3, x86, 32 bits, seed 0 (A. Appleby, 2011; public domain), by which some SDKs make a number of an identifier.</summary>
internal static class Murmur3
{
    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 0u;
        var rest = bytes;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            hash = (BitOperations.RotateLeft(hash ^ Mix(BinaryPrimitives.ReadUInt32LittleEndian(rest)), 13) * 5) + 0xe6546b64;
        }

        if (!rest.IsEmpty)
        {
            Span<byte> last = stackalloc byte[4];
            rest.CopyTo(last);
            hash ^= Mix(BinaryPrimitives.ReadUInt32LittleEndian(last));
        }

        hash ^= (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }

    private static uint Mix(uint block) => BitOperations.RotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
}
