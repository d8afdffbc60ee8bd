using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;
using TrafficAudit.Review;
using TrafficAudit.Terminal;

namespace TrafficAudit.Running;

/// <summary>The paired phones as the review UI and the API see them while a recording runs.</summary>
/// <param name="pairing">The devices.</param>
/// <param name="checks">What they have proved.</param>
/// <param name="sessions">Their sessions.</param>
/// <param name="address">Under which a phone reaches the proxy; known once it listens.</param>
internal sealed class DeviceDesk(Pairing pairing, SetupChecks checks, RecordingSessions sessions, Func<IPEndPoint> address) : IDeviceSource
{
    private static readonly SetupCheck[] AllChecks = Enum.GetValues<SetupCheck>();

    // As many as there are devices.
    private readonly ConcurrentDictionary<string, (long Flows, DateTimeOffset Last)> _flows = new(StringComparer.Ordinal);
    private volatile PairingOffer? _offer;

    public PairingOffer Pairing
    {
        get
        {
            var secret = pairing.Current;
            var link = new Uri($"http://{address()}{secret.PathAndQuery}");
            if (_offer is not { } offer || offer.Link != link)
            {
                _offer = offer = new PairingOffer(link, secret.Expires, PairingCode.SvgOf(link));
            }

            return offer;
        }
    }

    /// <summary>A flow was recorded.</summary>
    public void Count(FlowSummary flow)
    {
        if (flow.Device is { } device)
        {
            _flows.AddOrUpdate(device, static (_, t) => (1, t), static (_, n, t) => (n.Flows + 1, t > n.Last ? t : n.Last), flow.Time);
        }
    }

    public IReadOnlyList<DeviceRow> List()
    {
        var running = sessions.Current.Where(s => s.Device is not null).ToDictionary(s => s.Device!, StringComparer.Ordinal);
        return [.. pairing.Devices.Select(d => RowOf(d) with
        {
            Session = running.GetValueOrDefault(d.Id)?.Id,
            Phase = running.GetValueOrDefault(d.Id)?.Phase,
            Flows = _flows.TryGetValue(d.Id, out var flows) ? flows.Flows : 0,
            LastFlow = flows.Flows > 0 ? flows.Last : null,
            Checks = [.. AllChecks.Select(c => new DeviceCheck(Token.Of(c), checks.HasPassed(d.Id, c)))],
        })];
    }

    public void Rename(string id, string name) => Require(pairing.Rename(id, name), id);

    public void SetBlocked(string id, bool isBlocked) => Require(isBlocked ? pairing.Block(id) : pairing.Unblock(id), id);

    /// <summary>A device as it is on disk.</summary>
    public static DeviceRow RowOf(Device device) =>
        new(device.Id, device.Name, [.. device.Addresses.Select(a => a.ToString())], device.PairedAt, device.IsBlocked);

    private static void Require(bool isKnown, string id)
    {
        if (!isKnown)
        {
            throw new RejectedRequestException($"There is no device {id}; 'trafficaudit devices' lists them.");
        }
    }
}
