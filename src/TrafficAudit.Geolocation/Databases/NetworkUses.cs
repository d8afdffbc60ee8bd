namespace TrafficAudit.Geolocation.Databases;

/// <summary>What a network is known to be used for: an address of any of these says little about where its user, or what is behind it, is.</summary>
[Flags]
internal enum NetworkUses
{
    None = 0,
    HostingProvider = 1,
    AnonymousVpn = 2,
    PublicProxy = 4,
    ResidentialProxy = 8,
    TorExitNode = 16,
}

/// <summary>The names that the uses have in the evidence; the fields of GeoIP2 Anonymous IP without their <c>is_</c>.</summary>
internal static class NetworkUseNames
{
    private static readonly (NetworkUses Use, string Name)[] All =
    [
        (NetworkUses.HostingProvider, "hosting_provider"),
        (NetworkUses.AnonymousVpn, "anonymous_vpn"),
        (NetworkUses.PublicProxy, "public_proxy"),
        (NetworkUses.ResidentialProxy, "residential_proxy"),
        (NetworkUses.TorExitNode, "tor_exit_node"),
    ];

    public static IEnumerable<string> Of(NetworkUses uses) => All.Where(pair => uses.HasFlag(pair.Use)).Select(pair => pair.Name);
}
