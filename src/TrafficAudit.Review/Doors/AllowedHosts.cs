using System.Net;
using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Review.Doors;

/// <summary>
/// Which values of the <c>Host</c> header are answered. An IP address is, if it is the one that the connection came to: a web site
/// whose name was made to point here (DNS rebinding) still sends its own name.
/// </summary>
internal sealed class AllowedHosts(IEnumerable<string> more)
{
    private readonly HashSet<string> _more = new(more.Select(h => h.Trim()), StringComparer.OrdinalIgnoreCase);

    /// <param name="host">The header's value.</param>
    /// <param name="local">The address that the connection came to.</param>
    /// <param name="localPort">The port that it came to.</param>
    /// <param name="isHttps">Whether it came by HTTPS, whose port is another when the header names none.</param>
    public bool Allows(HostString host, IPAddress local, int localPort, bool isHttps = false)
    {
        if (!host.HasValue)
        {
            return false;
        }

        if (_more.Contains(host.Value))
        {
            return true;
        }

        if ((host.Port ?? (isHttps ? 443 : 80)) != localPort)
        {
            return false;
        }

        if (_more.Contains(host.Host) || (IPAddress.IsLoopback(local) && host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        return IPAddress.TryParse(host.Host, out var named) && Plain(named).Equals(Plain(local));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
