using System.Text.RegularExpressions;
using TrafficAudit.EndToEnd.Tests.Running;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>The README tells the truth: its commands are run, and it lists the commands and options that there are.</summary>
public sealed partial class ReadmeTests
{
    private const string Run = "dotnet run --project src/TrafficAudit -- ";

    private static string Readme { get; } = File.ReadAllText(Path.Combine(Built.Root, "README.md"));

    [Fact]
    public async Task FirstCommand_ShowsTheSamplesTransfers()
    {
        using var lab = new Laboratory();
        var sample = Path.Combine(lab.Folder, "captures", "sample");
        Directory.CreateDirectory(sample);
        foreach (var name in new[] { "case.json", "evidence-00001.warc.gz" })
        {
            File.Copy(Path.Combine(Built.Root, "captures", "sample", name), Path.Combine(sample, name));
        }

        var outcome = await Built.DotnetRunAsync(lab, Commands().Single(c => c.Contains("sample", StringComparison.Ordinal)).Split(' '));

        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Contains("Meta Platforms", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("https://db-ip.com", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondCommand_Records()
    {
        using var lab = new Laboratory();
        var command = Commands().Single(c => c.StartsWith("capture", StringComparison.Ordinal)).Split(' ');

        // Beside whatever else listens on this machine: free ports instead of 8080 and 8090.
        await using var capture = await CaptureProcess.StartAsync(lab, command, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TRAFFICAUDIT_LISTEN"] = "127.0.0.1:0",
            ["TRAFFICAUDIT_REVIEW"] = "127.0.0.1:0",
        });

        Assert.NotNull(capture.PairingLink);
        Assert.Equal(0, await capture.StopAsync());
    }

    [Fact]
    public async Task ApiCommands_GiveTransfersToAProgramWithItsOwnToken()
    {
        using var sample = new SampleLab();
        await using var capture = await CaptureProcess.StartAsync(sample.Lab, SampleLab.Case);
        var lines = ShellLines().Where(l => l.StartsWith("TOKEN=", StringComparison.Ordinal) || l.StartsWith("curl", StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count >= 2);
        var script = string.Join('\n', lines)
            .Replace(Run, $"dotnet '{Built.Program}' ", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8090", capture.Review.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

        var outcome = await Built.RunOtherAsync(
            "env", $"HOME={sample.Lab.Folder}", $"TRAFFICAUDIT_HOME={Path.Combine(sample.Lab.Folder, "home")}", "NO_PROXY=*", "bash", "-euc", script);

        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var page = System.Text.Json.JsonDocument.Parse(outcome.Output);
        Assert.All(page.RootElement.GetProperty("results").EnumerateArray(), t => Assert.Equal("email", t.GetProperty("item").GetString()));
        Assert.NotEmpty(page.RootElement.GetProperty("results").EnumerateArray());
        Assert.Equal(0, await capture.StopAsync());
    }

    [Fact]
    public void TestCommand_IsTheOneThatCiRuns()
    {
        var command = ShellLines().Single(l => l.StartsWith("dotnet test", StringComparison.Ordinal));

        Assert.Contains(command, File.ReadAllText(Path.Combine(Built.Root, ".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandsAndOptions_AreThoseOfTheProgram()
    {
        using var lab = new Laboratory();
        var help = (await Built.RunAsync(lab, "--help")).Output;
        var commands = help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1)
            .Where(l => l.Length > 3 && l[2] != ' ')
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])
            .ToList();

        Assert.NotEmpty(commands);
        foreach (var command in commands)
        {
            Assert.Contains($"`{command} ", Readme.Replace($"`{command}`", $"`{command} ", StringComparison.Ordinal), StringComparison.Ordinal);
            foreach (Match option in Option().Matches((await Built.RunAsync(lab, command, "--help")).Output))
            {
                Assert.True(
                    option.Value is "--help" or "--version" or "--verbose" || Readme.Contains(option.Value, StringComparison.Ordinal),
                    $"The README does not mention {option.Value} of {command}");
            }
        }
    }

    private static IEnumerable<string> ShellLines() =>
        Readme.Split("```sh\n").Skip(1).SelectMany(b => b[..b.IndexOf("```", StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Commands() =>
        ShellLines().Where(l => l.StartsWith(Run, StringComparison.Ordinal)).Select(l => l[Run.Length..]);

    [GeneratedRegex("--[a-z][a-z-]+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Option();
}
