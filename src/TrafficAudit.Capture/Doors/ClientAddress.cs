using System.Net;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// One form for one client: what a dual-stack socket reports as ::ffff:192.0.2.1 is 192.0.2.1, and an interface number is no part of it.
/// </summary>
internal static class ClientAddress
{
    // Eight bytes: what a network gives one host to choose its IPv6 addresses from (RFC 4291, 2.5.1).
    private const int SubnetBytes = 8;

    public static IPAddress Normal(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());

    /// <summary>What counts as one source of guesses: an IPv4 address, or an IPv6 /64, within which a host has any number of addresses.</summary>
    public static IPAddress Source(IPAddress address)
    {
        var bytes = Normal(address).GetAddressBytes();
        if (bytes.Length > SubnetBytes)
        {
            bytes.AsSpan(SubnetBytes).Clear();
        }

        return new IPAddress(bytes);
    }
}
