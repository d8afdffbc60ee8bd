using System.Net;
using TrafficAudit.Benchmarks.Traffic;

namespace TrafficAudit.Benchmarks.Comparison;

/// <summary>A proxy that is compared: how it is started and ended, and how many flows it says it has recorded.</summary>
internal abstract class Candidate(string name)
{
    public string Name { get; } = name;

    public abstract Child Start(string folder, string authority, IPEndPoint listen);

    public abstract Task StopAsync(Child child, CancellationToken cancellation);

    /// <summary>The flows that it recorded; null when it records nothing that can be counted.</summary>
    public virtual Task<long?> CountFlowsAsync(string folder, CancellationToken cancellation) => Task.FromResult<long?>(null);
}

/// <summary>Kestrel and YARP alone.</summary>
internal sealed class BareCandidate() : Candidate("bare")
{
    public override Child Start(string folder, string authority, IPEndPoint listen) =>
        Itself.Start(Name, folder, "bare", "--port", $"{listen.Port}");

    public override Task StopAsync(Child child, CancellationToken cancellation) => child.CloseInputAndWaitAsync(cancellation);
}

/// <summary>Debian's mitmdump, writing its flow file.</summary>
internal sealed class MitmdumpCandidate() : Candidate("mitmdump")
{
    private const string Program = "mitmdump";

    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Program)));

    public override Child Start(string folder, string authority, IPEndPoint listen) => Child.Start(
        Name, Path.Combine(folder, "mitmdump.err"), new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = folder }, Program,
        "-q", "-w", Path.Combine(folder, "flows"), "--listen-host", $"{listen.Address}", "-p", $"{listen.Port}", "--ssl-insecure");

    public override Task StopAsync(Child child, CancellationToken cancellation) => child.TerminateAsync(cancellation);
}

/// <summary>The program with everything on: evidence, classification with a persona, geolocation, index, review UI.</summary>
internal sealed class TrafficAuditCandidate(string program) : Candidate("trafficaudit")
{
    public override Child Start(string folder, string authority, IPEndPoint listen)
    {
        var persona = Path.Combine(folder, "persona.json");
        BenchPersona.Write(persona);
        return Run(
            folder, "capture", "--accept-devices", "all", "--allow-private-destinations", "--upstream-ca", authority, "--persona", persona, "--listen", $"{listen}",
            "--review", "127.0.0.1:0", "--resolve", $"{BenchTraffic.Host}:{Servers.UpstreamServer.Address}");
    }

    public override Task StopAsync(Child child, CancellationToken cancellation) => child.TerminateAsync(cancellation);

    public override async Task<long?> CountFlowsAsync(string folder, CancellationToken cancellation)
    {
        await using var listing = Run(folder, "flows", "--format", "ndjson");
        long lines = 0;
        while (await listing.Output.ReadLineAsync(cancellation) is { Length: > 0 })
        {
            lines++;
        }

        await listing.WaitForExitAsync(cancellation);
        return lines;
    }

    private Child Run(string folder, string command, params IEnumerable<string> more) => Child.Start(
        $"{Name} {command}", Path.Combine(folder, $"{command}.err"),
        new Dictionary<string, string>(StringComparer.Ordinal) { ["TRAFFICAUDIT_HOME"] = Path.Combine(folder, "home") },
        "dotnet", [program, command, "--case", "bench", "--captures", Path.Combine(folder, "captures"), .. more]);
}
