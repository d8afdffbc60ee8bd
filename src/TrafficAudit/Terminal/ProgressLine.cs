using System.Globalization;

namespace TrafficAudit.Terminal;

/// <summary>A progress bar of one line on a terminal; into a pipe or file it writes nothing.</summary>
internal sealed class ProgressLine : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter? _output;
    private readonly string _title;
    private readonly long _total;
    private readonly TimeProvider _time = TimeProvider.System;
    private long _last;

    private ProgressLine(TextWriter? output, string title, long total)
    {
        _output = output;
        _title = title;
        _total = total;
    }

    public static ProgressLine Start(TextWriter output, string title, long total) => new(Console.IsErrorRedirected ? null : output, title, total);

    public void Report(long done, string note)
    {
        if (_output is null || (_last != 0 && _time.GetElapsedTime(_last) < Pause))
        {
            return;
        }

        _last = _time.GetTimestamp();
        var share = _total == 0 ? 1 : Math.Clamp((double)done / _total, 0, 1);
        var filled = (int)(share * Width);
        _output.Write(string.Create(CultureInfo.InvariantCulture, $"\r{_title} [{new string('#', filled)}{new string('.', Width - filled)}] {share:P0} {note} "));
    }

    public void Dispose() => _output?.Write("\r\u001b[K");
}
