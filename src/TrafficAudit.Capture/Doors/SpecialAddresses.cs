using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// Addresses that are no public hosts: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, RFC 8190) without the entries that are
/// globally reachable, multicast (RFC 5771, RFC 4291), and everything outside of IPv6 global unicast, 2000::/3.
/// The registries except single addresses from 192.0.0.0/24 and parts of 2001::/23, all for protocols other than HTTP; these stay closed.
/// </summary>
internal static class SpecialAddresses
{
    private static readonly (IPNetwork Range, AddressClass Class)[] Ranges =
    [
        (IPNetwork.Parse("0.0.0.0/8"), new("unspecified", "RFC 1122, 3.2.1.3", IsPeer: false)),
        (IPNetwork.Parse("10.0.0.0/8"), new("private", "RFC 1918")),
        (IPNetwork.Parse("100.64.0.0/10"), new("shared carrier", "RFC 6598")),
        (IPNetwork.Parse("127.0.0.0/8"), new("loopback", "RFC 1122, 3.2.1.3")),
        (IPNetwork.Parse("169.254.0.0/16"), new("link-local", "RFC 3927")),
        (IPNetwork.Parse("172.16.0.0/12"), new("private", "RFC 1918")),
        (IPNetwork.Parse("192.0.0.0/24"), new("protocol assignment", "RFC 6890, 2.1")),
        (IPNetwork.Parse("192.0.2.0/24"), new("documentation", "RFC 5737")),
        (IPNetwork.Parse("192.88.99.0/24"), new("deprecated relay", "RFC 7526")),
        (IPNetwork.Parse("192.168.0.0/16"), new("private", "RFC 1918")),
        (IPNetwork.Parse("198.18.0.0/15"), new("benchmarking", "RFC 2544")),
        (IPNetwork.Parse("198.51.100.0/24"), new("documentation", "RFC 5737")),
        (IPNetwork.Parse("203.0.113.0/24"), new("documentation", "RFC 5737")),
        (IPNetwork.Parse("224.0.0.0/4"), new("multicast", "RFC 5771", IsPeer: false)),
        (IPNetwork.Parse("255.255.255.255/32"), new("broadcast", "RFC 919", IsPeer: false)),
        (IPNetwork.Parse("240.0.0.0/4"), new("reserved", "RFC 1112, 4")),
        (IPNetwork.Parse("::/128"), new("unspecified", "RFC 4291, 2.5.2", IsPeer: false)),
        (IPNetwork.Parse("::1/128"), new("loopback", "RFC 4291, 2.5.3")),
        (IPNetwork.Parse("64:ff9b:1::/48"), new("local translation", "RFC 8215")),
        (IPNetwork.Parse("2001::/23"), new("protocol assignment", "RFC 2928")),
        (IPNetwork.Parse("2001:db8::/32"), new("documentation", "RFC 3849")),
        (IPNetwork.Parse("3fff::/20"), new("documentation", "RFC 9637")),
        (IPNetwork.Parse("fc00::/7"), new("private", "RFC 4193")),
        (IPNetwork.Parse("fe80::/10"), new("link-local", "RFC 4291, 2.5.6")),
        (IPNetwork.Parse("ff00::/8"), new("multicast", "RFC 4291, 2.7", IsPeer: false)),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");
    private static readonly AddressClass NotUnicast = new("unassigned", "RFC 4291, 2.4");

    /// <summary>
    /// What an address is, when it is no public host; null when it is one. What an IPv6 address embeds is for <see cref="Embedded"/>.
    /// </summary>
    public static AddressClass? ClassOf(IPAddress address)
    {
        if (Translated.Contains(address) || Teredo.Contains(address))
        {
            return null;
        }

        foreach (var (range, special) in Ranges)
        {
            if (range.Contains(address))
            {
                return special;
            }
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalUnicast.Contains(address) ? NotUnicast : null;
    }

    /// <summary>
    /// The IPv4 addresses that packets for an IPv6 address end up at: NAT64 (RFC 6052), 6to4 (RFC 3056), Teredo's server and client (RFC
    /// 4380).
    /// </summary>
    public static IEnumerable<IPAddress> Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return [];
        }

        var bytes = address.GetAddressBytes();
        if (Translated.Contains(address))
        {
            return [new IPAddress(bytes.AsSpan(12, 4))];
        }

        if (SixToFour.Contains(address))
        {
            return [new IPAddress(bytes.AsSpan(2, 4))];
        }

        if (!Teredo.Contains(address))
        {
            return [];
        }

        // RFC 4380, 4: the client's address is stored with every bit turned over.
        var client = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(client, ~BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(12)));
        return [new IPAddress(bytes.AsSpan(4, 4)), new IPAddress(client)];
    }
}

/// <summary>A kind of address that is no public host, and where that is written. <c>IsPeer</c>: whether one may connect to it at all.</summary>
internal sealed record AddressClass(string Name, string Source, bool IsPeer = true);
