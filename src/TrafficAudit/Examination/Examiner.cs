using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;
using TrafficAudit.Results;

namespace TrafficAudit.Examination;

/// <summary>Looks at what a recording needs of this computer. It opens ports for a moment and changes nothing else.</summary>
internal static class Examiner
{
    // A day of one phone in use is some gigabytes; under the lower bound a recording soon comes to stand.
    private const long MuchSpace = 5L << 30;
    private const long LittleSpace = 512L << 20;

    private static readonly TimeSpan LastDays = TimeSpan.FromDays(30);

    public static IEnumerable<Check> Examine(IPEndPoint proxy, IPEndPoint review, DataSources sources, string home, string captures, TimeProvider time) =>
    [
        Port(proxy, "proxy", "--listen"), Port(review, "review UI", "--review"), .. Examine(sources, home, captures, time),
    ];

    /// <summary>The same without ports: those of a recording that runs are taken, by itself.</summary>
    public static IEnumerable<Check> Examine(DataSources sources, string home, string captures, TimeProvider time) =>
        [.. Databases(sources, time.GetUtcNow()), Authority(home, time), Disk(captures), Clock()];

    private static Check Port(IPEndPoint endpoint, string what, string option)
    {
        try
        {
            using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endpoint);
            socket.Listen(1);
            return new Check("ports", CheckResult.Ok, $"{endpoint} is free for the {what}");
        }
        catch (SocketException e)
        {
            return new Check("ports", CheckResult.Fault, $"{endpoint} can't be used for the {what} ({e.SocketErrorCode}): end what listens there, or choose another with {option}");
        }
    }

    private static IEnumerable<Check> Databases(DataSources sources, DateTimeOffset now)
    {
        var databases = sources.Databases.Databases;
        var warnings = DatabaseAge.Warnings(databases, now).ToList();
        foreach (var warning in warnings)
        {
            yield return new Check("databases", CheckResult.Warning, warning);
        }

        if (databases.All(database => database.Embedded || database.Maker == "DB-IP"))
        {
            yield return new Check(
                "databases", CheckResult.Warning, "countries are by DB-IP Lite alone, which stands alone against two others on 4.6 % of addresses: add GeoLite2 for real cases ('trafficaudit geo update --account-id …')");
        }
        else if (warnings.Count == 0)
        {
            yield return new Check("databases", CheckResult.Ok, string.Join(", ", databases.Select(database => $"{database.Name}, {database.AgeInDays(now)} days old")));
        }
    }

    private static Check Authority(string home, TimeProvider time)
    {
        if (!File.Exists(Path.Combine(home, CertificateAuthority.FileName)))
        {
            return new Check("authority", CheckResult.Ok, "none yet: the first recording makes it, and phones install it then");
        }

        try
        {
            using var authority = CertificateAuthority.LoadOrCreate(home, time);
            var left = authority.NotAfter - time.GetUtcNow();
            return left < LastDays
                ? new Check("authority", CheckResult.Warning, $"ends on {Day(authority.NotAfter)}: a new one has to be made, and installed on every phone")
                : new Check("authority", CheckResult.Ok, $"good until {Day(authority.NotAfter)}");
        }
        catch (CertificateAuthorityException e)
        {
            return new Check("authority", CheckResult.Fault, e.Message);
        }
    }

    private static Check Disk(string captures)
    {
        try
        {
            // Of a folder that is not there yet, where it will be.
            var folder = new DirectoryInfo(Path.GetFullPath(captures));
            while (!folder.Exists && folder.Parent is not null)
            {
                folder = folder.Parent;
            }

            var free = new DriveInfo(folder.FullName).AvailableFreeSpace;
            var result = free < LittleSpace ? CheckResult.Fault : free < MuchSpace ? CheckResult.Warning : CheckResult.Ok;
            var remedy = result == CheckResult.Ok ? "" : ": free some, or record elsewhere with --captures";
            return new Check("disk", result, $"{ByteSize.Of(free)} are free where {captures} is{remedy}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Check("disk", CheckResult.Fault, $"{captures} can't be looked at: {e.Message}");
        }
    }

    private static Check Clock()
    {
        var clock = ClockReading.Take();
        return clock.IsSynchronised switch
        {
            true => new Check("clock", CheckResult.Ok, $"synchronised, off by {clock.OffsetText}"),
            false => new Check("clock", CheckResult.Warning, "not synchronised: times in the evidence are this computer's own; let NTP set it"),
            null => new Check("clock", CheckResult.Warning, "this system does not say whether its clock is synchronised: see that it is"),
        };
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
