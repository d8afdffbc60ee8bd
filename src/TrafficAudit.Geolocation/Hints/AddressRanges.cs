using System.Buffers.Binary;
using System.Net;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>
/// Ranges of addresses that don't overlap, each with the index of its owner, looked up by binary search without allocating. IPv4 lies at ::ffff:0:0/96
/// (RFC 4291, section 2.5.5.2), so that one array holds both families.
/// </summary>
internal sealed class AddressRanges(UInt128[] first, UInt128[] last, int[] owners)
{
    private static readonly UInt128 Mapped = new(0, 0xFFFF_0000_0000);

    // NAT64's well-known prefix (RFC 6052): how a lab with DNS64 sees an IPv4 server.
    private static readonly UInt128 Nat64 = new(0x0064_FF9B_0000_0000, 0);

    public static AddressRanges Empty { get; } = new([], [], []);

    /// <summary>The owner of the range that an address is in; null where it is in none.</summary>
    public int? Find(IPAddress address)
    {
        var number = Number(address);
        var index = Array.BinarySearch(first, number);
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && number <= last[index] ? owners[index] : null;
    }

    /// <summary>An address as a number; the IPv4 address in an IPv4-mapped or NAT64 one counts as itself.</summary>
    public static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        if (length == 4)
        {
            return Mapped | BinaryPrimitives.ReadUInt32BigEndian(bytes);
        }

        var number = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return number >> 32 == Nat64 >> 32 ? Mapped | (uint)number : number;
    }
}
