using System.Collections.Immutable;
using System.Net;

namespace TrafficAudit.Capture.Names;

/// <summary>
/// The CNAME records of names that the system resolves, of which its resolver tells the last alone: its name servers are asked the same, at the same time. They add to
/// the evidence and decide nothing; where they are out of reach, they are left alone for a minute, so that capturing doesn't wait for them. Thread-safe.
/// </summary>
internal sealed class SystemChains(Func<DnsServers> servers, TimeProvider time)
{
    private const int MaximumTimeouts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // The laptop changes networks, and its name servers with them.
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private DnsServers? _servers;
    private long _found;
    private int _timeouts;
    private long _paused;

    /// <summary>How much longer than for the system's answer a look-up waits for its chain.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The answer of the system's name servers.</summary>
    /// <returns>Null where they don't answer before <paramref name="limit"/>, or did not of late.</returns>
    public async Task<DnsAnswer?> AskAsync(string host, CancellationToken limit)
    {
        if (FindServers() is not { } asked)
        {
            return null;
        }

        var began = time.GetTimestamp();
        var answer = await asked.AskAsync(host, DnsRecordType.A, limit);

        // Nobody waited for what ended sooner: the client left, the name has no address, the servers refused at once.
        if (answer is not null || time.GetElapsedTime(began) >= Grace)
        {
            Note(answer is not null);
        }

        return answer;
    }

    /// <summary>
    /// What of an answer belongs to the way that the system went: all of it where it leads to the system's last name; where the system names none (some never do), if it
    /// leads to one of its addresses, for a hosts file may say otherwise than DNS.
    /// </summary>
    /// <returns>Empty where DNS leads to no other name; null where it isn't known.</returns>
    public static ImmutableArray<string>? Fitting(DnsAnswer? answer, string? canonical, ImmutableArray<IPAddress> addresses) =>
        answer is not null && (canonical is null ? answer.Addresses.Intersect(addresses).Any() : answer.Chain.Contains(canonical)) ? answer.Chain : null;

    private void Note(bool answered)
    {
        lock (_gate)
        {
            _timeouts = answered ? 0 : _timeouts + 1;
            _paused = time.GetTimestamp();
        }
    }

    private DnsServers? FindServers()
    {
        lock (_gate)
        {
            if (_timeouts >= MaximumTimeouts)
            {
                if (time.GetElapsedTime(_paused) < Pause)
                {
                    return null;
                }

                _timeouts = 0;
            }

            if (_servers is null || time.GetElapsedTime(_found) >= KnownFor)
            {
                (_servers, _found) = (servers(), time.GetTimestamp());
            }

            return _servers;
        }
    }
}
