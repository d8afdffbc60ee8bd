using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace TrafficAudit.Model;

/// <summary>
/// The item and the place of a finding in one number, by which decisions find it again after every new analysis: the first 64 bits, little-endian, of the SHA-256 of item,
/// message, part, path and decodings. The value is not in it. It is compared within one flow.
/// </summary>
/// <param name="Value">The number.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PlaceDigest(ulong Value)
{
    /// <summary>Of an item that was found in a place.</summary>
    public static PlaceDigest Of(string item, FindingLocation location)
    {
        ArgumentNullException.ThrowIfNull(location);

        // A line feed can stand in a path alone, which is therefore last.
        var text = $"{item}\n{Token.Of(location.Message)}\n{Token.Of(location.Part)}\n{string.Join('\t', location.Decodings)}\n{location.Path}";
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return new PlaceDigest(BinaryPrimitives.ReadUInt64LittleEndian(digest));
    }
}
