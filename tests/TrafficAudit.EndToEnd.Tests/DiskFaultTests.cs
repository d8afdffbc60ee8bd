using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>Disks that are full or may not be written, with the whole program. A file system of its own needs Linux and root, as CI has.</summary>
public sealed class DiskFaultTests
{
    [Fact]
    public async Task FullDisk_StopsTheForwardingAndLosesNothingThatWasShown()
    {
        using var lab = new Laboratory();
        await using var disk = await SmallDisk.MountAsync(lab.PathOf("captures"), "3m");
        await using var server = await WebServer.StartAsync("127.0.21.9", c => c.Response.WriteAsync(Noise(c.Request.Query["i"])));
        var url = $"http://disk.shop-cn.example:{server.Endpoint.Port}/n?i=";
        List<long> shown;
        await using (var capture = await CaptureProcess.StartAsync(lab, "full", "--resolve", "disk.shop-cn.example:127.0.21.9"))
        {
            await Built.RunOtherAsync("curl", "-s", "--proxy", $"http://{capture.Proxy}", "-o", "/dev/null", $"{url}[1-300]");
            var refused = await Built.RunOtherAsync("curl", "-s", "--proxy", $"http://{capture.Proxy}", $"{url}last");
            await capture.StopAsync();

            Assert.Contains("[interrupted", refused.Output, StringComparison.Ordinal);
            Assert.Contains("o space left", refused.Output, StringComparison.Ordinal);
            Assert.Single(capture.Terminal.Split('\n'), l => l.Contains("Evidence can't be written", StringComparison.Ordinal));
            shown = capture.ShownFlows();
        }

        await disk.GrowAsync("100m");
        await using (var again = await CaptureProcess.StartAsync(lab, "full", "--resolve", "disk.shop-cn.example:127.0.21.9"))
        {
            var answer = await Built.RunOtherAsync("curl", "-s", "--proxy", $"http://{again.Proxy}", $"{url}again");
            Assert.Equal(Noise("again"), answer.Output);
            Assert.Equal(0, await again.StopAsync());
        }

        var verified = await Built.RunAsync(lab, "verify", "--case", "full", "--every-record");
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Error);
        var flows = await FlowNumbers.OfAsync(lab, "full");
        Assert.True(flows.Count > 10, $"{flows.Count} flows before the end");
        Assert.NotEmpty(shown);
        Assert.Empty(shown.Except(flows));
    }

    [Fact]
    public async Task ReadOnlyFolder_IsOneLineAndNothingIsForwarded()
    {
        using var lab = new Laboratory();
        await using var disk = await SmallDisk.MountAsync(lab.PathOf("captures"), "1m", "ro");

        var outcome = await Built.RunAsync(lab, "capture", "--case", "locked", "--listen", "127.0.0.1:0", "--review", "127.0.0.1:0");

        Assert.Equal(2, outcome.ExitCode);
        var line = Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("captures", line, StringComparison.Ordinal);
    }

    /// <summary>What does not compress, the same for the same seed.</summary>
    private static string Noise(string? seed) =>
        Convert.ToBase64String([.. Enumerable.Range(0, 1000).SelectMany(i => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {i}")))]);
}
