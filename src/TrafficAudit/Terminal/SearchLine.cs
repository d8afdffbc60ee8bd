using System.Globalization;
using TrafficAudit.Review;

namespace TrafficAudit.Terminal;

/// <summary>The progress of a search of decoded content on a terminal. Says at the end, wherever it writes, what could not be searched.</summary>
internal sealed class SearchLine : IProgress<SearchProgress>, IDisposable
{
    private readonly TextWriter _output;
    private ProgressLine? _bar;
    private SearchProgress? _last;

    private SearchLine(TextWriter output) => _output = output;

    public static SearchLine Start(TextWriter output) => new(output);

    public void Report(SearchProgress value)
    {
        _bar ??= ProgressLine.Start(_output, "Searching", value.Of);
        _bar.Report(value.Looked, string.Create(CultureInfo.InvariantCulture, $"{value.Looked} of {value.Of} flows, {value.Bytes} bytes"));
        _last = value;
        if (value.State == SearchState.Done)
        {
            _bar.Dispose();
            _bar = null;
        }
    }

    public void Dispose()
    {
        _bar?.Dispose();
        if (_last is { Unread: > 0 })
        {
            _output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"trafficaudit: of {_last.Unread} of the {_last.Of} flows searched the content could not be read to its end; what was looked for may stand there"));
        }
    }
}
