using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// Which addresses the proxy connects to for a phone: public ones, so that a phone, or a page that it opened, can't reach the laptop and the
/// laboratory's network through it. To be asked about the address that is connected to, never about a name: DNS may answer with anything.
/// Safe for use by several threads.
/// </summary>
public sealed class DestinationPolicy
{
    private readonly bool _allowPrivate;
    private volatile IPEndPoint[] _own;
    private readonly Func<IEnumerable<IPAddress>> _machineAddresses;

    /// <summary>A policy for this machine.</summary>
    /// <param name="allowPrivate">Lets loopback, private and other special addresses through (<c>--allow-private-destinations</c>).</param>
    /// <param name="own">
    /// Where the proxy and the review UI listen; refused always. One that listens on every address (0.0.0.0 or ::) is refused at every
    /// address of this machine.
    /// </param>
    public DestinationPolicy(bool allowPrivate, IEnumerable<IPEndPoint> own)
        : this(allowPrivate, own, AddressesOfThisMachine)
    {
    }

    internal DestinationPolicy(bool allowPrivate, IEnumerable<IPEndPoint> own, Func<IEnumerable<IPAddress>> machineAddresses)
    {
        _allowPrivate = allowPrivate;
        _own = [.. own.Select(e => new IPEndPoint(ClientAddress.Normal(e.Address), e.Port))];
        _machineAddresses = machineAddresses;
    }

    /// <summary>One more address that is never connected to: a port is known only once it is bound.</summary>
    public void AddOwn(IPEndPoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        _own = [.. _own, new IPEndPoint(ClientAddress.Normal(endpoint.Address), endpoint.Port)];
    }

    /// <summary>Whether a connection to <paramref name="address"/> may be made.</summary>
    /// <param name="address">The address itself. IPv4 inside of IPv6 (mapped, NAT64, 6to4, Teredo) is judged as the IPv4 address.</param>
    /// <param name="port">A TCP port; those outside of 1 to 65535 are refused.</param>
    /// <param name="reason">Why not, in a few words that hold no address; empty when allowed.</param>
    public bool Allows(IPAddress address, int port, out string reason)
    {
        reason = Refusal(ClientAddress.Normal(address), port) ?? "";
        return reason.Length == 0;
    }

    private string? Refusal(IPAddress address, int port)
    {
        if (port is < 1 or > IPEndPoint.MaxPort)
        {
            return "no TCP port";
        }

        foreach (var reached in SpecialAddresses.Embedded(address).Prepend(address))
        {
            if (SpecialAddresses.ClassOf(reached) is { } special && !(_allowPrivate && special.IsPeer))
            {
                return $"{special.Name} address ({special.Source})";
            }

            if (IsOwn(reached, port))
            {
                return "an address of this program itself";
            }
        }

        return null;
    }

    private bool IsOwn(IPAddress address, int port)
    {
        foreach (var endpoint in _own)
        {
            if (endpoint.Port == port && (endpoint.Address.Equals(address) || (IsEveryAddress(endpoint.Address) && IsThisMachine(address))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEveryAddress(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>Asked anew each time, since a laptop changes networks; it is only asked for the program's own ports.</summary>
    private bool IsThisMachine(IPAddress address)
    {
        try
        {
            return IPAddress.IsLoopback(address) || _machineAddresses().Any(a => ClientAddress.Normal(a).Equals(address));
        }
        catch (NetworkInformationException)
        {
            // The system doesn't say; then any address may be this machine's.
            return true;
        }
    }

    private static IEnumerable<IPAddress> AddressesOfThisMachine() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => a.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6);
}
