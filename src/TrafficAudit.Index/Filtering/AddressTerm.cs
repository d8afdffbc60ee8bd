using System.Net;

namespace TrafficAudit.Index.Filtering;

/// <summary>The address connected to lies in one of several networks.</summary>
internal sealed class AddressTerm(IPNetwork[] networks) : FilterNode
{
    private const string Allowed = "allowed are an IP address, a network such as 192.0.2.0/24 or 2001:db8::/32, and *";

    private static readonly IPNetwork[] Every = [new(IPAddress.Any, 0), new(IPAddress.IPv6Any, 0)];

    public override bool Holds(IFlowFacts flow, bool all) =>
        IPAddress.TryParse(flow.Address, out var address) && Array.Exists(networks, n => n.Contains(address));

    /// <summary>The networks that a value stands for.</summary>
    /// <exception cref="FlowFilterException">It is no address and no network.</exception>
    public static IPNetwork[] Networks(FilterValue value)
    {
        var text = value.Text;
        // IPAddress takes "1" for 0.0.0.1.
        var isWhole = text.Contains(':') || text.Count(c => c == '.') == 3;
        return text == "*" ? Every
            : isWhole && IPAddress.TryParse(text, out var address) ? [Single(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)]
            : isWhole && IPNetwork.TryParse(text, out var network) ? [network]
            : throw new FlowFilterException(value.Position, Allowed);
    }

    private static IPNetwork Single(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);
}
