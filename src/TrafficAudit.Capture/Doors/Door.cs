using System.Net;

namespace TrafficAudit.Capture.Doors;

/// <summary>Decides who may use the proxy. Requests for the proxy's own pages are for everybody and don't come here.</summary>
public sealed class Door(DoorPolicy policy, Pairing pairing)
{
    /// <summary>Which clients it admits.</summary>
    public DoorPolicy Policy { get; } = policy;

    /// <summary>
    /// Whether a client may pass, and as which device. The device is null for a client that isn't paired; one that has a device and may not
    /// pass is blocked.
    /// </summary>
    public bool Admits(IPAddress client, out Device? device)
    {
        device = pairing.DeviceOf(client);
        return device is null ? Policy == DoorPolicy.All : !device.IsBlocked;
    }

    /// <summary>Whether a device, that may have been admitted before, is blocked now; never for a client without one.</summary>
    public bool IsBlocked(string? device) => device is not null && pairing.IsBlocked(device);

    /// <summary>Cancelled when a device is blocked; never for a client without one.</summary>
    public CancellationToken BlockingOf(string? device) => device is null ? CancellationToken.None : pairing.BlockingOf(device);
}
