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
        var names = 0;
        Measure(authority, WarmUp, ref names);
        var minted = new List<double>();
        var perCpu = new List<double>();
        var found = new List<double>();
        for (var round = 1; round <= rounds; round++)
        {
            var (before, first) = (Environment.CpuUsage.TotalTime, names);
            minted.Add(Measure(authority, TimeSpan.FromSeconds(seconds), ref names));
            perCpu.Add((names - first) / (Environment.CpuUsage.TotalTime - before).TotalSeconds);
            found.Add(LookUp(authority, TimeSpan.FromSeconds(1)));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"round {round}: {minted[^1]:N0} certificates made a second ({perCpu[^1]:N0} a second of CPU), {found[^1]:N0} found again a second"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"One core, one thread, median of {rounds} rounds of {seconds} s: {Medians.Of(minted):N0} certificates a second ({Medians.Of(perCpu):N0} a second of CPU), each for another name, with its TLS context (aim: {Aim:N0}); {Medians.Of(found):N0} look-ups a second among {LookUpNames:N0} names."));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"For comparison of machines and moments: one P-256 signature takes {SignatureMicroseconds():0} µs of CPU here and now."));
        return Medians.Of(minted) >= Aim ? 0 : 1;
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

    private static double Measure(CertificateAuthority authority, TimeSpan duration, ref int names)
    {
        using var certificates = new LeafCertificates(authority, TimeProvider.System);
        var startedAt = Stopwatch.GetTimestamp();
        var first = names;
        while (Stopwatch.GetElapsedTime(startedAt) < duration)
        {
            _ = certificates.For(string.Create(CultureInfo.InvariantCulture, $"host-{names++}.shop.example"));
        }

        return (names - first) / Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
    }

    private static double LookUp(CertificateAuthority authority, TimeSpan duration)
    {
        using var certificates = new LeafCertificates(authority, TimeProvider.System);
        string[] names = [.. Enumerable.Range(0, LookUpNames).Select(i => $"cached-{i}.shop.example")];
        foreach (var name in names)
        {
            _ = certificates.For(name);
        }

        long found = 0;
        var startedAt = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(startedAt) < duration)
        {
            foreach (var name in names)
            {
                _ = certificates.For(name);
            }

            found += names.Length;
        }

        return found / Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
    }
}
