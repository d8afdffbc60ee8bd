using System.Text.Json.Nodes;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Evidence;
using TrafficAudit.Pipeline;
using TrafficAudit.Terminal;

namespace TrafficAudit.Running;

/// <summary>
/// Takes a lab's own packs of rules anew when they change while a recording runs. It looks at names, sizes and times every second, which works on every file
/// system, as notices of changes do not. Packs with a fault are told, and those before them stay in use.
/// </summary>
internal sealed class RuleWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string _folder;
    private readonly DataSources _sources;
    private readonly RecordingCase _recording;
    private readonly LiveLines _lines;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _watching;
    private bool _ended;

    /// <param name="folder">The folder of the packs; may be missing.</param>
    /// <param name="sources">Where the rules in use are kept.</param>
    /// <param name="recording">What uses them.</param>
    /// <param name="lines">The terminal.</param>
    /// <param name="time">The clock.</param>
    public RuleWatch(string folder, DataSources sources, RecordingCase recording, LiveLines lines, TimeProvider time)
    {
        _folder = folder;
        _sources = sources;
        _recording = recording;
        _lines = lines;
        _watching = WatchAsync(Seen(), time);
    }

    public async ValueTask DisposeAsync()
    {
        // A run ends it in its turn, and once more when it leaves.
        if (_ended)
        {
            return;
        }

        _ended = true;
        await _ending.CancelAsync();
        await _watching;
        _ending.Dispose();
    }

    private async Task WatchAsync(string seen, TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                if (Seen() is var now && now != seen)
                {
                    seen = now;
                    await TakeAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The recording ends.
        }
    }

    private async Task TakeAsync()
    {
        try
        {
            var rules = RuleSet.Load(_folder);
            _sources.Rules = rules;
            _recording.Use(rules);
            await _recording.Evidence.RecordAsync(JournalKinds.RulesChanged, new JsonObject { ["rules"] = rules.Version }, CancellationToken.None);
            _lines.Say($"Rules       {rules.Describe().Count} from now on; flows before are judged by them when the case is opened after the recording");
        }
        catch (RulePackException e)
        {
            _lines.Say($"! {e.Message}; the rules before it stay in use");
        }
    }

    // A file that is being replaced can be gone for a moment; the next look sees it.
    private string Seen()
    {
        try
        {
            var files = new DirectoryInfo(_folder) is { Exists: true } folder ? folder.GetFiles("*.yaml") : [];
            return string.Join('\n', files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
