using System.Globalization;
using System.Text.Json;
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

    [Fact]
    public async Task ProgramKilledUnderLoad_HasEveryFlowThatTheTerminalShowed()
    {
        using var lab = new Laboratory();
        await using var shop = await WebServer.StartAsync("127.0.21.8", context => context.Response.WriteAsync("ok"));
        var capture = await CaptureProcess.StartAsync(lab, "killed", "--resolve", "load.shop-cn.example:127.0.21.8");
        var load = Built.RunOtherAsync(
            "curl", "-s", "--proxy", $"http://{capture.Proxy}", "--parallel", "--parallel-max", "20", "-o", "/dev/null",
            $"http://load.shop-cn.example:{shop.Endpoint.Port}/n?i=[1-20000]");
        await capture.WaitForAsync("#300 ");
        await Built.RunOtherAsync("kill", "-9", capture.Id.ToString(CultureInfo.InvariantCulture));
        await capture.StopAsync();
        var shown = capture.Terminal.Split('\n').Where(l => l.StartsWith('#')).Select(l => long.Parse(l[1..l.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture)).ToList();
        await capture.DisposeAsync();
        await load;

        await using (var again = await CaptureProcess.StartAsync(lab, "killed"))
        {
            Assert.DoesNotContain("damaged", again.Terminal, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(0, await again.StopAsync());
        }

        var flows = await Built.RunAsync(lab, "flows", "--case", "killed", "--format", "ndjson");
        Assert.Equal((0, ""), (flows.ExitCode, flows.Error));
        var numbers = flows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToList();
        Assert.True(shown.Count >= 100, $"{shown.Count} lines before the end");
        Assert.Empty(shown.Except(numbers));
        Assert.Equal(numbers.Distinct(), numbers);
    }

    private static long Number(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("flow").GetInt64();
    }
}
