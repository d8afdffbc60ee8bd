using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Assessment.Notes;
using TrafficAudit.CommandLine;
using TrafficAudit.Results;
using TrafficAudit.Pipeline;
using TrafficAudit.Review;
using TrafficAudit.Running;
using TrafficAudit.Testing.Servers;
using TrafficAudit.Tests.Pipeline;

namespace TrafficAudit.Tests.Running;

/// <summary>How commands find the process that has a case open, and how they are not held up by what a dead one left.</summary>
public sealed class RunningCaseTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task NothingAnnounced_NothingFound() => Assert.Null(await FindAsync());

    [Fact]
    public void Announcement_IsForItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            // Windows gives a user's folders to that user by themselves.
            return;
        }

        using var announcement = RunningCase.Announce(_lab.Home, _lab.Case, new Uri("http://127.0.0.1:1/"), "secret");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(TheFile()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(TheFile())!));
    }

    [Fact]
    public void AnnouncementTakenBack_LeavesNoFile()
    {
        RunningCase.Announce(_lab.Home, _lab.Case, new Uri("http://127.0.0.1:1/"), "secret").Dispose();

        Assert.Empty(Directory.EnumerateFiles(_lab.Home, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task AnnouncedCase_AnswersRequestsAndPhases()
    {
        var phases = new List<string>();
        await _lab.RecordAsync(Lab.Persona, Lab.Flow(1));
        await using var recording = await _lab.OpenAsync();
        var source = Source(recording.Index, phases);
        await using var host = await ReviewHost.StartAsync(
            new ReviewOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) }, source, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        using var announcement = RunningCase.Announce(_lab.Home, _lab.Case, host.Address, host.Token);

        var running = await FindAsync();

        Assert.Equal(Environment.ProcessId, running!.ProcessId);
        using var output = new MemoryStream();
        await running.WriteResultsAsync(new ResultRequest("flows", "ndjson") { Filter = "host:api.shop.example" }, output, TestContext.Current.CancellationToken);
        Assert.Contains("\"flow\":1,", System.Text.Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
        await running.SetPhaseAsync("before_consent", null, TestContext.Current.CancellationToken);
        Assert.Equal(["before_consent"], phases);
        var refused = await Assert.ThrowsAsync<InputException>(
            () => running.WriteResultsAsync(new ResultRequest("flows", "ndjson") { Filter = "nonsense:x" }, output, TestContext.Current.CancellationToken));
        Assert.Contains("no such term", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<InputException>(
            () => running.WriteResultsAsync(new ResultRequest("show", "table") { Flow = 99 }, output, TestContext.Current.CancellationToken));
        Assert.Contains("#99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProcessThatIsGone_IsNoObstacle()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var announcement = RunningCase.Announce(_lab.Home, _lab.Case, new Uri($"http://127.0.0.1:{port}/"), "secret");

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task PortThatSomebodyElseHasNow_IsNoObstacle()
    {
        await using var other = await WebServer.StartAsync("127.0.0.1", context => context.Response.Body.WriteAsync("hello"u8.ToArray()).AsTask());
        using var announcement = RunningCase.Announce(_lab.Home, _lab.Case, new Uri($"http://{other.Endpoint}/"), "secret");

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task PortWhoseOwnerSaysNothing_IsNoObstacle()
    {
        await using var silent = RawServer.Start("127.0.0.1", (_, stop) => Task.Delay(Timeout.Infinite, stop));
        using var announcement = RunningCase.Announce(_lab.Home, _lab.Case, new Uri($"http://{silent.Endpoint}/"), "secret");

        Assert.Null(await FindAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"process_id\":1,\"address\":\"nonsense\",\"token\":\"t\"}")]
    [InlineData("{\"process_id\":1,\"address\":\"file:///etc\",\"token\":\"t\"}")]
    [InlineData("{\"process_id\":1,\"address\":\"http://127.0.0.1:1/\",\"token\":\"a\\nb\"}")]
    public async Task DamagedFile_IsNoObstacle(string content)
    {
        using var announcement = RunningCase.Announce(_lab.Home, _lab.Case, new Uri("http://127.0.0.1:1/"), "secret");
        await File.WriteAllTextAsync(TheFile(), content, TestContext.Current.CancellationToken);

        Assert.Null(await FindAsync());
    }

    private string TheFile() => Directory.EnumerateFiles(Path.Combine(_lab.Home, "running")).Single();

    private Task<RunningCase?> FindAsync() => RunningCase.FindAsync(_lab.Home, _lab.Case, TestContext.Current.CancellationToken);

    private CaseReviewSource Source(TrafficAudit.Index.ICaseIndex index, List<string> phases)
    {
        var renderer = RecordedCase.RendererOf(_lab.Case, index, _lab.Sources, new CaseCorrelation(_lab.Case, index), new CaseBooks(new DecisionBook(), new NoteBook()));
        return new CaseReviewSource("test", index, new CaseFlows(_lab.Case, index, _lab.Sources), renderer, _lab.Sources.Databases, new SessionLabels(), TimeProvider.System)
        {
            PhaseSetter = (_, phase, _, _) =>
            {
                phases.Add(phase);
                return Task.CompletedTask;
            },
        };
    }
}
