using System.Net;
using System.Net.Sockets;

namespace TrafficAudit.Geolocation.Databases;

/// <summary>An address as it is shown, and the one that databases are asked for in its place.</summary>
/// <param name="Shown">IPv4-mapped IPv6 as IPv4, without scope.</param>
/// <param name="Site">
/// Whose place it is: of a 6to4 (RFC 3056) or NAT64 address (RFC 6052, well-known prefix) the IPv4 address in it, whatever a database says of 2002::/16; null for
/// Teredo (RFC 4380), whose prefix databases give the country of the relaying server.
/// </param>
internal readonly record struct AskedAddress(IPAddress Shown, IPAddress? Site)
{
    public static AskedAddress Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return new(plain, plain);
        }

        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out _);

        // A scope (fe80::1%eth0) is a name on this machine, not part of the address.
        var shown = plain.ScopeId == 0 ? plain : new IPAddress(bytes);
        var site = bytes switch
        {
            [0x20, 0x02, ..] => new IPAddress(bytes[2..6]),
            [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, ..] => new IPAddress(bytes[12..]),
            [0x20, 0x01, 0, 0, ..] => null,
            _ => shown,
        };
        return new(shown, site);
    }
}
