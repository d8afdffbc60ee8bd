using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TrafficAudit.Capture.Names;

/// <summary>Name servers that are asked one after the other, until one knows (<c>--dns ADDRESS[:PORT]</c>, or the system's own). Thread-safe.</summary>
public sealed class DnsServers(ImmutableArray<IPEndPoint> endpoints, TimeProvider time)
{
    private const int Port = 53;

    // A lost datagram is sent again once.
    private const int Rounds = 2;

    // Four attempts, or two servers and two rounds, fit into a resolver's ten seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Reads the option's values.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="FormatException">A value is no address; the message names it.</exception>
    public static DnsServers? Parse(IReadOnlyCollection<string> values, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Count == 0 ? null : new DnsServers([.. values.Select(Parse)], time);
    }

    /// <summary>The name servers that the system is set to now; none where it does not say.</summary>
    public static DnsServers OfSystem(TimeProvider time)
    {
        try
        {
            // Windows lists site-local ones (fec0:0:0:ffff::1) where nobody set any; there is nothing behind them.
            var addresses = NetworkInterface.GetAllNetworkInterfaces()
                .Where(link => link.OperationalStatus != OperationalStatus.Down)
                .SelectMany(link => link.GetIPProperties().DnsAddresses)
                .Where(address => !address.IsIPv6SiteLocal)
                .Distinct();
            return new DnsServers([.. addresses.Select(address => new IPEndPoint(address, Port))], time);
        }
        catch (Exception e) when (e is NetworkInformationException or IOException or UnauthorizedAccessException)
        {
            return new DnsServers([], time);
        }
    }

    /// <summary>Asks for one type of a host's addresses.</summary>
    /// <returns>What the first server that knew said; null where none did, or not before <paramref name="cancellation"/>.</returns>
    internal async Task<DnsAnswer?> AskAsync(string host, DnsRecordType type, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Rounds * endpoints.Length && !cancellation.IsCancellationRequested; attempt++)
        {
            var id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
            if (DnsQuestion.Write(id, host, type) is not { } question)
            {
                return null;
            }

            if (await TryAsync(endpoints[attempt % endpoints.Length], question, cancellation) is { IsOfTheName: true } answer)
            {
                return answer;
            }
        }

        return null;
    }

    private async Task<DnsAnswer?> TryAsync(IPEndPoint server, byte[] question, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return await DnsExchange.AskAsync(server, question, limit.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            // No answer from this one: the caller asks the next, and says so where none is left.
            return null;
        }
    }

    private static IPEndPoint Parse(string value)
    {
        // "53" and "1.2" are addresses to the parser, too; nobody means them.
        var isAddress = IPEndPoint.TryParse(value, out var endpoint)
            && (endpoint.AddressFamily == AddressFamily.InterNetworkV6 || value.Split(':')[0] == endpoint.Address.ToString());
        return !isAddress ? throw new FormatException($"--dns {value}: write it as ADDRESS[:PORT], such as 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353")
            : endpoint!.Port == 0 ? new IPEndPoint(endpoint.Address, Port) : endpoint;
    }
}
