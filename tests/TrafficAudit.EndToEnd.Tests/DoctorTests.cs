using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TrafficAudit.EndToEnd.Tests.Running;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>What <c>doctor</c> says of a computer before a recording.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task PartThatIsAtFault_IsSaidWithWhatToDo_AndChangesTheExitCode()
    {
        using var lab = new Laboratory();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var outcome = await Built.RunAsync(lab, "doctor", "--listen", $"127.0.0.1:{port}", "--review", "127.0.0.1:0");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"fault     ports       127.0.0.1:{port} can't be used for the proxy", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("--listen", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("warning   databases   lab.mmdb is ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("geo update", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryPart_IsLookedAt_AndNothingIsMade()
    {
        using var lab = new Laboratory();

        var outcome = await Built.RunAsync(lab, "doctor", "--listen", "127.0.0.1:0", "--review", "127.0.0.1:0", "--format", "json");

        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(
            ["authority", "clock", "databases", "disk", "ports"],
            json.RootElement.EnumerateArray().Select(check => check.GetProperty("part").GetString()!).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(json.RootElement.EnumerateArray(), check => check.GetProperty("part").GetString() == "ports" && check.GetProperty("result").GetString() != "ok");
        Assert.False(Directory.Exists(lab.PathOf("captures")));
    }

    [Fact]
    public async Task AuthorityThatOthersCanRead_IsAFault()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are Unix's");
            return;
        }

        using var lab = new Laboratory();
        await Built.RunAsync(lab, "ca", "show");
        var good = await Built.RunAsync(lab, "doctor", "--listen", "127.0.0.1:0", "--review", "127.0.0.1:0");
        var key = Directory.GetFiles(lab.Folder, "ca-key.pem", SearchOption.AllDirectories).Single();
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var outcome = await Built.RunAsync(lab, "doctor", "--listen", "127.0.0.1:0", "--review", "127.0.0.1:0");

        Assert.Contains("ok        authority   good until ", good.Output, StringComparison.Ordinal);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("fault     authority", outcome.Output, StringComparison.Ordinal);
    }
}
