using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Testing;

namespace TrafficAudit.Benchmarks.Certificates;

/// <summary>How many leaf certificates one core makes in a second, each for another name, and how many it finds again.</summary>
internal static class LeafRun
{
    /// <summary>What issue 3 asks for.</summary>
    private const int Aim = 3000;

    private const int LookUpNames = 1000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static int Run(int rounds, int seconds)
    {
        // The collector's and the compiler's threads, too, share the one core.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using var process = Process.GetCurrentProcess();
            process.ProcessorAffinity = 1;
        }

        using var home = new TemporaryFolder();
        using var authority = CertificateAuthority.LoadOrCreate(home.Path, TimeProvider.System);
        using var mint = new LeafMint(authority);
        var names = 0;
        var known = Enumerable.Range(0, LookUpNames).Select(i => $"cached-{i}.shop.example").ToArray();
        using var cache = new LeafCertificates(authority, TimeProvider.System);
        (string What, Action<int> Do, List<(double Second, double CpuSecond)> Rates)[] parts =
        [
            ("certificates made", _ => mint.MintCertificate(NewName(ref names), TimeProvider.System.GetUtcNow()).Dispose(), []),
            ("made with the TLS context that serves them", _ => mint.Mint(NewName(ref names), TimeProvider.System.GetUtcNow()).TargetCertificate.Dispose(), []),
            ("found again in the cache", i => cache.For(known[i % LookUpNames]), []),
        ];
        foreach (var (_, act, _) in parts)
        {
            Measure(act, WarmUp);
        }

        for (var round = 1; round <= rounds; round++)
        {
            foreach (var (_, act, rates) in parts)
            {
                rates.Add(Measure(act, TimeSpan.FromSeconds(seconds)));
            }
        }

        Console.WriteLine($"One core, one thread, each for another name; median of {rounds} rounds of {seconds} s:");
        foreach (var (what, _, rates) in parts)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{Medians.Of(rates.Select(r => r.Second)),12:N0} a second, {Medians.Of(rates.Select(r => r.CpuSecond)),12:N0} a second of CPU: {what}"));
        }

        var minted = Medians.Of(parts[0].Rates.Select(r => r.Second));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Aim: {Aim:N0} made a second: {(minted >= Aim ? "met" : "MISSED")}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"For comparison of machines and moments: one P-256 signature takes {SignatureMicroseconds():0} µs of CPU here and now."));
        return minted >= Aim ? 0 : 1;
    }

    private static double SignatureMicroseconds()
    {
        const int Count = 5000;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var data = new byte[400];
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Count; i++)
        {
            _ = key.SignData(data, HashAlgorithmName.SHA256);
        }

        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Count;
    }

    private static ServerName NewName(ref int names) =>
        ServerName.TryParse(string.Create(CultureInfo.InvariantCulture, $"host-{names++}.shop.example"), out var name) ? name : throw new InvalidOperationException();

    private static (double Second, double CpuSecond) Measure(Action<int> act, TimeSpan duration)
    {
        var before = Environment.CpuUsage.TotalTime;
        var startedAt = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(startedAt) < duration)
        {
            act(count++);
        }

        return (count / Stopwatch.GetElapsedTime(startedAt).TotalSeconds, count / (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
}
