using System.Globalization;
using System.Threading.Channels;
using TrafficAudit.Model;
using TrafficAudit.Results;

namespace TrafficAudit.Terminal;

/// <summary>
/// One line for each recorded flow on standard error. It never holds up the recording: when the terminal is slower than the traffic,
/// lines are left out and counted.
/// </summary>
internal sealed class LiveLines : IAsyncDisposable
{
    private const int Waiting = 1024;

    private readonly Channel<(AnalyzedFlow? Flow, string Text)> _lines = Channel.CreateBounded<(AnalyzedFlow?, string)>(
        new BoundedChannelOptions(Waiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly TextWriter _output;
    private readonly Task _writing;
    private long _leftOut;

    public LiveLines(TextWriter output)
    {
        _output = output;
        _writing = WriteAsync();
    }

    public void Show(AnalyzedFlow flow)
    {
        if (!_lines.Writer.TryWrite((flow, "")))
        {
            Interlocked.Increment(ref _leftOut);
        }
    }

    /// <summary>A line about something else than a flow; it may be lost where lines of flows are, since the journal has it.</summary>
    public void Say(string line) => _lines.Writer.TryWrite((null, PlainText.Of(line)));

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    public static string Line(AnalyzedFlow analyzed)
    {
        var f = analyzed.Summary;
        var what = f.Kind == FlowKind.Opaque ? $"{f.Scheme} {f.Host}:{f.Port}" : $"{f.Method} {f.Scheme}://{f.Host}{f.Path}";
        var outcome = f.Failure is { } failure ? Token.Of(failure) : f.Status?.ToString(CultureInfo.InvariantCulture) ?? "-";
        var country = f.Country is null ? "?" : $"{f.Country} ({Token.Of(f.CountryGrade)})";
        var items = string.Join(' ', analyzed.Findings.Where(x => x.IsCounted).Select(x => x.Item).Distinct().Order(StringComparer.Ordinal));
        var line = $"#{f.Number} {f.Time.UtcDateTime:HH:mm:ss} {outcome} {Shortened(what)} {ByteSize.Of(f.BytesSent)}↑ {ByteSize.Of(f.BytesReceived)}↓ {f.Recipient} {country}";
        var why = f.Kind != FlowKind.Opaque || f.Failure is not { } cause ? ""
            : Readings.Of(f.Kind, cause, f.Address is not null) == Reading.Failed ? $"  ✗ nothing passed: {FailureText.Of(cause)}"
            : $"  ✗ not read: {FailureText.Of(cause)}";
        return PlainText.Of(items.Length == 0 ? line + why : $"{line}  ◆ {items}");
    }

    private static string Shortened(string text) => text.Length <= 100 ? text : text[..99] + "…";

    private async Task WriteAsync()
    {
        await foreach (var (flow, text) in _lines.Reader.ReadAllAsync())
        {
            await TellLeftOutAsync();
            await _output.WriteLineAsync(flow is null ? text : Line(flow));
        }

        await TellLeftOutAsync();
    }

    private async Task TellLeftOutAsync()
    {
        var leftOut = Interlocked.Exchange(ref _leftOut, 0);
        if (leftOut > 0)
        {
            await _output.WriteLineAsync($"… {leftOut} more flows were recorded than this terminal could show");
        }
    }
}
