using System.Globalization;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>One process writes a case, and a process that is killed leaves a case that is whole.</summary>
public sealed class KilledTests
{
    [Fact]
    public async Task SecondCapture_IsRefusedInOneLineThatNamesTheFirst()
    {
        using var lab = new Laboratory();
        await using var first = await CaptureProcess.StartAsync(lab, "twice");

        var second = await Built.RunAsync(lab, "capture", "--case", "twice", "--listen", "127.0.0.1:0", "--review", "127.0.0.1:0");

        Assert.Equal(2, second.ExitCode);
        Assert.Equal("", second.Output);
        var line = Assert.Single(second.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"process {first.Id}", line, StringComparison.Ordinal);
        Assert.Equal(0, await first.StopAsync());
    }

    /// <summary>
    /// Killed in the middle of its work, started, looked at, and again. A hundred times by <c>tests/TrafficAudit.Benchmarks/endure.sh crash</c>.
    /// </summary>
    [Fact]
    public async Task ProgramKilledUnderLoadAgainAndAgain_HasEveryFlowThatTheTerminalShowed()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("TRAFFICAUDIT_KILLS") ?? "3", CultureInfo.InvariantCulture);
        var random = new Random(rounds);
        using var lab = new Laboratory();
        await using var shop = await WebServer.StartAsync("127.0.21.8", context => context.Response.WriteAsync("ok"));
        var shown = new HashSet<long>();
        for (var round = 0; round < rounds; round++)
        {
            var before = shown.Count;
            await RecordUntilKilledAsync(lab, shop.Endpoint.Port, random.Next(1, 500), shown);
            Assert.True(shown.Count > before, $"round {round}: nothing was shown before the end");

            await using (var again = await CaptureProcess.StartAsync(lab, "killed"))
            {
                Assert.DoesNotContain("damaged", again.Terminal, StringComparison.OrdinalIgnoreCase);
                Assert.Equal(0, await again.StopAsync());
            }

            var verified = await Built.RunAsync(lab, "verify", "--case", "killed", "--every-record");
            Assert.True(verified.ExitCode == 0, $"round {round}: {verified.Output}{verified.Error}");
            var numbers = await FlowNumbers.OfAsync(lab, "killed");
            Assert.Empty(shown.Except(numbers));
            Assert.Equal(numbers.Distinct(), numbers);
        }
    }

    /// <summary>Records under load and kills the program once it has shown <paramref name="flows"/> flows, wherever it is with the next ones.</summary>
    private static async Task RecordUntilKilledAsync(Laboratory lab, int port, int flows, HashSet<long> shown)
    {
        await using var capture = await CaptureProcess.StartAsync(lab, "killed", "--resolve", "load.shop-cn.example:127.0.21.8");
        var load = Built.RunOtherAsync(
            "curl", "-s", "--proxy", $"http://{capture.Proxy}", "--parallel", "--parallel-max", "20", "-o", "/dev/null",
            $"http://load.shop-cn.example:{port}/n?i=[1-20000]");
        await capture.WaitForAsync("#", after: flows);
        await Built.RunOtherAsync("kill", "-9", capture.Id.ToString(CultureInfo.InvariantCulture));
        await capture.StopAsync();
        shown.UnionWith(capture.ShownFlows());
        await load;
    }
}
