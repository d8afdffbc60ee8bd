using System.Diagnostics;
using System.Globalization;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Recording;

/// <summary>A real process that records into a case under load until it is killed, and writes the number of each committed flow in a line.</summary>
internal sealed class RecordingProcess : IDisposable
{
    private readonly Process _process;

    private RecordingProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static RecordingProcess Start(string caseFolder) => new(Process.Start(
        new ProcessStartInfo("dotnet", ["exec", typeof(RecordingProcess).Assembly.Location, "record", caseFolder])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        })!);

    /// <summary>The child's side.</summary>
    public static async Task<int> RunAsync(string caseFolder)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var folder = CaseFolder.Open(caseFolder);
        await using var writer = await TestCase.OpenAsync(folder, TestCase.Options with { SegmentFlows = 150 }, async (flow, _) =>
        {
            using (flow.Flow)
            {
                await output.WriteLineAsync(flow.Flow.Metadata.Number.ToString(CultureInfo.InvariantCulture));
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var number = writer.TakeNumber();
                var spooled = Path.Combine(folder.SpoolFolder, $"{number}");
                await File.WriteAllBytesAsync(spooled, new byte[number % 7 * 10_000]);
                var body = new Model.FileBody(spooled, number % 7 * 10_000);
                await writer.RecordAsync(Some.Flow(number, request: new Model.Message(Some.Flow().Request!.Head, body)), default);
            }
        })));
        return 0;
    }

    /// <summary>The next number that the child says is committed; null when it has ended.</summary>
    public async Task<long?> NextAsync() =>
        await _process.StandardOutput.ReadLineAsync() is { } line && long.TryParse(line, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>SIGKILL; gives what the child had still said.</summary>
    public async Task<List<long>> KillAsync()
    {
        _process.Kill();
        var said = new List<long>();
        var text = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();

        // The last line may be half a number.
        var lines = text.Split('\n');
        said.AddRange(lines.SkipLast(1).Select(l => long.Parse(l, CultureInfo.InvariantCulture)));
        return said;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
