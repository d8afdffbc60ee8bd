using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TrafficAudit.Evidence;
using TrafficAudit.Index;
using TrafficAudit.Model;

namespace TrafficAudit.Pipeline;

/// <summary>
/// Analyses flows that are on disk and puts them into the index. Its queue is short: when analysis is slower than traffic, recording
/// waits, and with it the traffic. What could not be analysed is not marked as indexed, so that the next start does it from the evidence.
/// </summary>
internal sealed partial class AnalysisStage : IAsyncDisposable
{
    private const int Waiting = 256;

    private readonly Channel<StoredFlow> _queue = Channel.CreateBounded<StoredFlow>(new BoundedChannelOptions(Waiting) { SingleReader = true });
    private readonly FlowAnalyzer _analyzer;
    private readonly ICaseIndex _index;
    private readonly Action<AnalyzedFlow> _analyzed;
    private readonly ILogger<AnalysisStage> _logger;
    private readonly Task _working;
    private (int Segment, long End)? _covered;
    private bool _isWhole = true;

    public AnalysisStage(FlowAnalyzer analyzer, ICaseIndex index, Action<AnalyzedFlow> analyzed, ILogger<AnalysisStage> logger)
    {
        _analyzer = analyzer;
        _index = index;
        _analyzed = analyzed;
        _logger = logger;
        _working = Task.Run(WorkAsync);
    }

    /// <summary>Takes a flow and its ownership; waits while the queue is full.</summary>
    public ValueTask AddAsync(StoredFlow flow, CancellationToken cancellation) => _queue.Writer.WriteAsync(flow, cancellation);

    /// <summary>Analyses what waits, and notes how far the index covers the evidence.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _working;
        await CoverAsync();
    }

    private async Task WorkAsync()
    {
        await foreach (var stored in _queue.Reader.ReadAllAsync())
        {
            using (stored.Flow)
            {
                if (_covered is { } covered && covered.Segment != stored.Position.Segment)
                {
                    await CoverAsync();
                }

                await AnalyzeAsync(stored);
                _covered = (stored.Position.Segment, stored.End);
            }
        }
    }

    private async Task AnalyzeAsync(StoredFlow stored)
    {
        try
        {
            var analyzed = _analyzer.Analyze(stored.Flow);
            await _index.AddAsync(stored.Position.Segment, stored.Position.Offset, analyzed, CancellationToken.None);
            _analyzed(analyzed);
        }
        catch (IOException e)
        {
            _isWhole = false;
            LogNotAnalyzed(stored.Flow.Metadata.Number, e.Message);
        }
    }

    private async Task CoverAsync()
    {
        if (_isWhole && _covered is { } covered)
        {
            await _index.CoverAsync(covered.Segment, covered.End, CancellationToken.None);
        }

        _covered = null;
    }

    [LoggerMessage(3001, LogLevel.Error, "Flow #{Number} is recorded but could not be analysed ({Reason}); the next start does it again")]
    private partial void LogNotAnalyzed(long number, string reason);
}
