using TrafficAudit.Geolocation.Hints;

namespace TrafficAudit.Geolocation.Locating;

/// <summary>A header of a response, and whether it is the word of the very machine that was connected to.</summary>
/// <param name="Hint">What it says.</param>
/// <param name="Kind">What its network does with a request; null where it names none.</param>
/// <param name="IsOwn">False for the header of a network behind that machine, passed on by it.</param>
internal sealed record EdgeHeader(EdgeHint Hint, CarrierKind? Kind, bool IsOwn)
{
    public static EdgeHeader Of(EdgeHint hint, CarrierNetwork? connected, CarrierNetworks networks)
    {
        if (hint.Network is not { } network)
        {
            return new EdgeHeader(hint, Kind: null, IsOwn: true);
        }

        // One that no table has is a delivery network, since it writes such headers. Some run on the machines of a cloud, and are addressed as these; a cloud itself is not.
        var kind = networks.KindOf(network) ?? CarrierKind.Cdn;
        var isOwn = connected?.Name == network || (kind != CarrierKind.Cloud && connected is null or { Kind: CarrierKind.Cloud } && !networks.PublishesRanges(network));
        return new EdgeHeader(hint, kind, isOwn);
    }
}
