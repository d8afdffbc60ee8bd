using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>A running <c>trafficaudit capture</c>, read as its user reads the terminal.</summary>
internal sealed class CaptureProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];
    private readonly Task _reading;

    private CaptureProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    public int Id => _process.Id;

    /// <summary>The proxy's address and port.</summary>
    public string Proxy { get; private set; } = "";

    /// <summary>The review UI's link with its token.</summary>
    public Uri Review { get; private set; } = null!;

    /// <summary>The pairing link; null when every device is served.</summary>
    public Uri? PairingLink { get; private set; }

    /// <summary>The authority's certificate (PEM) that clients must trust.</summary>
    public string Authority { get; private set; } = "";

    public string Terminal => string.Join('\n', _seen);

    /// <summary>Starts a recording for every device, with private destinations allowed, on free ports.</summary>
    public static Task<CaptureProcess> StartAsync(Laboratory lab, string caseName, params IEnumerable<string> more) =>
        StartAsync(lab, ["--accept-devices", "all", "--allow-private-destinations", .. more], caseName);

    public static Task<CaptureProcess> StartAsync(Laboratory lab, IEnumerable<string> options, string caseName) => StartAsync(
        lab,
        ["capture", "--case", caseName, "--listen", "127.0.0.1:0", "--review", "127.0.0.1:0", "--upstream-ca", lab.ServersCa, "--persona", lab.Persona, .. options],
        new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Starts a recording by its whole command line and environment.</summary>
    public static async Task<CaptureProcess> StartAsync(Laboratory lab, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = Built.StartInfo(lab, arguments);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return await StartAsync(lab, start);
    }

    /// <summary>Starts a recording by whatever starts the program.</summary>
    public static async Task<CaptureProcess> StartAsync(Laboratory lab, ProcessStartInfo start)
    {
        var capture = new CaptureProcess(Process.Start(start)!);
        await capture.WaitForAsync("Ctrl+C ends the recording");
        capture.Proxy = capture.Find("Proxy")!;
        capture.Review = new Uri(capture.Find("Review")!);
        capture.PairingLink = capture.Find("Pair") is { } pair ? new Uri(pair) : null;
        capture.Authority = lab.PathOf("ca.pem");
        var export = await Built.RunAsync(lab, "ca", "export", "--out", capture.Authority);
        Assert.Equal(0, export.ExitCode);
        return capture;
    }

    /// <summary>Waits until a line on standard error holds <paramref name="text"/>.</summary>
    /// <param name="text">What it holds.</param>
    /// <param name="after">How many such lines to leave out first.</param>
    public async Task<string> WaitForAsync(string text, int after = 0)
    {
        if (_seen.Where(l => l.Contains(text, StringComparison.Ordinal)).ElementAtOrDefault(after) is { } known)
        {
            return known;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(patience.Token))
            {
                _seen.Add(line);
                if (line.Contains(text, StringComparison.Ordinal) && _seen.Count(l => l.Contains(text, StringComparison.Ordinal)) > after)
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"'{text}' did not appear on the terminal:\n{Terminal}", e);
        }

        throw new InvalidOperationException($"The program ended before '{text}' appeared:\n{Terminal}");
    }

    /// <summary>The numbers of the flows that were shown as recorded.</summary>
    public List<long> ShownFlows() =>
        [.. _seen.Where(l => l.StartsWith('#')).Select(l => long.Parse(l[1..l.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture))];

    /// <summary>Peak resident memory in bytes (Linux: VmHWM).</summary>
    public long PeakMemory()
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Ctrl+C, and waits for the end; gives the exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            await Built.RunOtherAsync("kill", "-INT", Id.ToString(CultureInfo.InvariantCulture));
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        await _reading;
        while (_lines.Reader.TryRead(out var line))
        {
            _seen.Add(line);
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading;
        _process.Dispose();
    }

    /// <summary>The word behind a title at the start of a line; null when no line has it.</summary>
    private string? Find(string title) => _seen
        .Where(l => l.StartsWith(title + " ", StringComparison.Ordinal))
        .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])
        .FirstOrDefault();

    private async Task ReadAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }
}
