using System.Net;

namespace TrafficAudit.Capture.Doors;

/// <summary>Decides who may use the proxy. Requests for the proxy's own pages are for everybody and don't come here.</summary>
public sealed class Door(DoorPolicy policy, Pairing pairing)
{
    /// <summary>Which clients it admits.</summary>
    public DoorPolicy Policy { get; } = policy;

    /// <summary>Whether a client may pass, and as which device. The device is null for a client that isn't paired.</summary>
    public bool Admits(IPAddress client, out Device? device)
    {
        device = pairing.DeviceOf(client);
        return device is not null || Policy == DoorPolicy.All;
    }
}
