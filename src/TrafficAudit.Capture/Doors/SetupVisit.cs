using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Capture.Doors;

/// <summary>How a request came to the set-up pages.</summary>
/// <param name="IsThroughProxy">The client asked its proxy for them; otherwise it opened the proxy's address like a web site's.</param>
/// <param name="IsOverTls">It came inside of TLS, with a certificate of this installation's authority, which the client accepted.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SetupVisit(bool IsThroughProxy, bool IsOverTls)
{
    /// <summary>Opened directly.</summary>
    public static SetupVisit Direct => default;
}

/// <summary>What to enter as proxy.</summary>
/// <param name="Host">A name or an address without brackets.</param>
/// <param name="Port">Its port.</param>
internal sealed record ProxyEntry(string Host, int Port)
{
    /// <summary>As it stands in a URL.</summary>
    public string Authority => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>
    /// The host that the phone opened, which is right behind port forwarding too, when it is one; through the proxy, the address that it
    /// reached.
    /// </summary>
    public static ProxyEntry Of(HttpContext context)
    {
        var host = context.Request.Host;
        if (host is { HasValue: true, Port: { } port, Value.Length: < 256 }
            && !string.Equals(host.Host, SetupPages.HostName, StringComparison.OrdinalIgnoreCase)
            && Uri.CheckHostName(host.Host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            return new ProxyEntry(host.Host.Trim('[', ']'), port);
        }

        var local = context.Connection.LocalIpAddress ?? IPAddress.Loopback;
        return new ProxyEntry(ClientAddress.Normal(local).ToString(), context.Connection.LocalPort);
    }
}
