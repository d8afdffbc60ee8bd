using System.Net;
using System.Net.Sockets;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>An address that the client chose itself, so that its name is not looked up.</summary>
/// <param name="Address">The address.</param>
/// <param name="Source">See <see cref="NameResolution"/>.</param>
internal sealed record PinnedAddress(IPAddress Address, string Source);

/// <summary>What came of connecting: a connection, or why there is none.</summary>
internal sealed record ConnectOutcome(UpstreamConnection? Connection, NameResolution Resolution, FlowFailure? Failure = null, string? Detail = null);

/// <summary>
/// Resolves a host, asks the policy about each address, and connects to the first one that accepts. Policy is asked about the very
/// address that is connected to, so that DNS can't lead round it.
/// </summary>
internal sealed class UpstreamConnector(NameResolver names, DestinationPolicy policy, Dialer dialer)
{
    public async Task<ConnectOutcome> ConnectAsync(string host, int port, PinnedAddress? pinned, CancellationToken cancellation)
    {
        var (resolution, allowed, outcome) = await ChooseAsync(host, port, pinned, cancellation);
        return outcome ?? await ConnectAsync(resolution, allowed, port, cancellation);
    }

    /// <summary>The addresses that may be connected to; an outcome instead when there is none.</summary>
    public async ValueTask<(NameResolution Resolution, IReadOnlyList<IPAddress> Allowed, ConnectOutcome? Outcome)> ChooseAsync(
        string host, int port, PinnedAddress? pinned, CancellationToken cancellation)
    {
        var name = pinned is null ? await names.ResolveAsync(host, cancellation) : new ResolvedName(pinned.Source, [pinned.Address]);
        var resolution = name.ToResolution();
        if (name.Addresses.IsEmpty)
        {
            return (resolution, [], new ConnectOutcome(null, resolution, FlowFailure.DnsFailed, "The host name has no address"));
        }

        string? refusal = null;
        var allowed = new List<IPAddress>(name.Addresses.Length);
        foreach (var address in name.Addresses)
        {
            if (policy.Allows(address, port, out var reason))
            {
                allowed.Add(address);
            }
            else
            {
                refusal ??= reason;
            }
        }

        return allowed.Count > 0
            ? (resolution, allowed, null)
            : (resolution, [], new ConnectOutcome(null, resolution, FlowFailure.PolicyDenied, refusal));
    }

    public async Task<ConnectOutcome> ConnectAsync(
        NameResolution resolution, IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellation)
    {
        ConnectOutcome? failed = null;
        foreach (var address in addresses)
        {
            var outcome = await TryAsync(resolution, address, port, cancellation);
            if (outcome.Connection is not null)
            {
                return outcome;
            }

            failed ??= outcome;
        }

        return failed!;
    }

    private async Task<ConnectOutcome> TryAsync(NameResolution resolution, IPAddress address, int port, CancellationToken cancellation)
    {
        try
        {
            return new ConnectOutcome(await dialer.ConnectAsync(address, port, cancellation), resolution);
        }
        catch (UpstreamProxyException e)
        {
            return new ConnectOutcome(null, resolution, FlowFailure.UpstreamProxyFailed, e.Message);
        }
        catch (SocketException e) when (e.SocketErrorCode != SocketError.TimedOut)
        {
            return new ConnectOutcome(null, resolution, FlowFailure.UpstreamRefused, $"The server refused the connection ({e.SocketErrorCode})");
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new ConnectOutcome(null, resolution, FlowFailure.UpstreamTimeout, "The server did not accept the connection in time");
        }
    }
}
