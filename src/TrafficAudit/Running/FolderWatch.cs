using TrafficAudit.CommandLine;

namespace TrafficAudit.Running;

/// <summary>
/// Says when the files of a folder have changed. It looks at names, sizes and times every second, which works on every file system, as notices of
/// changes do not, and waits until two looks are the same: a file that is being copied is not taken half.
/// </summary>
internal sealed class FolderWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string _folder;
    private readonly string[] _patterns;
    private readonly Func<Task> _changed;
    private readonly Action<string> _say;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _watching;
    private bool _ended;

    /// <param name="folder">The folder; may be missing.</param>
    /// <param name="patterns">Which of its files count (<c>*.yaml</c>).</param>
    /// <param name="changed">Called when they have changed, once at a time.</param>
    /// <param name="say">Gets the line that says why that failed; the watch goes on, and the recording ends in its order.</param>
    /// <param name="time">The clock.</param>
    public FolderWatch(string folder, string[] patterns, Func<Task> changed, Action<string> say, TimeProvider time)
    {
        _folder = folder;
        _patterns = patterns;
        _changed = changed;
        _say = say;
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

    private async Task WatchAsync(string taken, TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var before = taken;
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                var now = Seen();
                if (now != taken && now == before)
                {
                    taken = now;
                    await TakeAsync();
                }

                before = now;
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
            await _changed();
        }
        catch (Exception e) when (InputFault.Describe(e) is { } line)
        {
            // A full disk, say: the journal can't be written.
            _say($"! {line}");
        }
    }

    // A file that is being replaced can be gone for a moment; the next look sees it.
    private string Seen()
    {
        try
        {
            var folder = new DirectoryInfo(_folder);
            var files = folder.Exists ? _patterns.SelectMany(folder.GetFiles) : [];
            return string.Join('\n', files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
