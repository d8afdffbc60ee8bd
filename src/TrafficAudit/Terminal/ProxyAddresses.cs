using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace TrafficAudit.Terminal;

/// <summary>Where phones find the proxy.</summary>
internal static class ProxyAddresses
{
    /// <summary>Addresses under which a phone can reach the proxy; the machine's own when it listens on all.</summary>
    public static List<IPEndPoint> Of(IPEndPoint proxy)
    {
        if (!proxy.Address.Equals(IPAddress.Any) && !proxy.Address.Equals(IPAddress.IPv6Any))
        {
            return [proxy];
        }

        var own = NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => a.AddressFamily == AddressFamily.InterNetwork)
            .Select(a => new IPEndPoint(a, proxy.Port))
            .ToList();
        return own.Count > 0 ? own : [new IPEndPoint(IPAddress.Loopback, proxy.Port)];
    }
}
