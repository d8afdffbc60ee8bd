using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TrafficAudit.Capture.Connections;

/// <summary>Where a connection was going before the firewall redirected it here (Linux netfilter, <c>SO_ORIGINAL_DST</c>).</summary>
internal static class OriginalDestination
{
    // linux/netfilter_ipv4.h and netfilter_ipv6/ip6_tables.h: both options have number 80, at the level of their protocol.
    private const int SoOriginalDestination = 80;
    private const int SolIp = 0;
    private const int SolIpv6 = 41;

    // sockaddr_in and sockaddr_in6: family (2), port (2), then the address; before the IPv6 one comes flow information (4).
    private const int Ipv4Length = 16;
    private const int Ipv6Length = 28;

    /// <summary>The destination that the client meant; null when the connection was made to the proxy itself, or the system does not say.</summary>
    public static IPEndPoint? Of(Socket? socket, IPEndPoint reached)
    {
        if (socket is null || !OperatingSystem.IsLinux())
        {
            return null;
        }

        var isIpv4 = reached.AddressFamily == AddressFamily.InterNetwork || reached.Address.IsIPv4MappedToIPv6;
        Span<byte> address = stackalloc byte[isIpv4 ? Ipv4Length : Ipv6Length];
        try
        {
            if (socket.GetRawSocketOption(isIpv4 ? SolIp : SolIpv6, SoOriginalDestination, address) < address.Length)
            {
                return null;
            }
        }
        catch (SocketException)
        {
            // ENOENT, ENOPROTOOPT: this connection was not redirected, or the kernel tracks none.
            return null;
        }

        var ip = new IPAddress(isIpv4 ? address.Slice(4, 4) : address.Slice(8, 16));
        var original = new IPEndPoint(ip, BinaryPrimitives.ReadUInt16BigEndian(address[2..]));
        var here = new IPEndPoint(Doors.ClientAddress.Normal(reached.Address), reached.Port);
        return original.Port == 0 || original.Equals(here) ? null : original;
    }
}
