using System.Threading.Channels;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Evidence;
using TrafficAudit.Index;
using TrafficAudit.Model;

namespace TrafficAudit.Pipeline;

/// <summary>
/// Analyses flows that are on disk and puts them into the index. Its queue is bounded in flows and in bytes: when analysis is slower than
/// traffic, recording waits, and with it the traffic. What could not be analysed is not marked as indexed, so that the next start does it from the evidence.
/// </summary>
internal sealed partial class AnalysisStage : IAsyncDisposable
{
    /// <summary>More than the evidence hands over at once, so that it writes the next flows while these are analysed.</summary>
    private const int WaitingFlows = 1024;

    private const int WaitingBytes = 64 * 1024 * 1024;
    private const int BytesPerPermit = 4096;

    private readonly Channel<(StoredFlow Flow, RateLimitLease Memory)> _queue =
        Channel.CreateBounded<(StoredFlow, RateLimitLease)>(new BoundedChannelOptions(WaitingFlows) { SingleReader = true });

    private readonly ConcurrencyLimiter _memory =
        new(new ConcurrencyLimiterOptions { PermitLimit = WaitingBytes / BytesPerPermit, QueueLimit = int.MaxValue });

    private readonly FlowAnalyzer _analyzer;
    private readonly ICaseIndex _index;
    private readonly Action<AnalyzedFlow> _analyzed;
    private readonly ILogger<AnalysisStage> _logger;
    private readonly Task _working;
    private (int Segment, long End)? _covered;
    private volatile bool _isWhole = true;

    public AnalysisStage(FlowAnalyzer analyzer, ICaseIndex index, Action<AnalyzedFlow> analyzed, ILogger<AnalysisStage> logger)
    {
        _analyzer = analyzer;
        _index = index;
        _analyzed = analyzed;
        _logger = logger;
        _working = Task.Run(WorkAsync);
    }

    /// <summary>How many flows wait to be analysed at this moment.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Takes a flow and its ownership; waits while the queue is full.</summary>
    public async ValueTask AddAsync(StoredFlow flow, CancellationToken cancellation)
    {
        var bytes = InMemory(flow.Flow.Request) + InMemory(flow.Flow.Response);
        var memory = await _memory.AcquireAsync((int)Math.Min(WaitingBytes / BytesPerPermit, 1 + (bytes / BytesPerPermit)), cancellation);
        await _queue.Writer.WriteAsync((flow, memory), cancellation);
    }

    /// <summary>
    /// From the next flow on, other rules are used. The flows from here on are not noted as indexed: they are analysed again by the next start, since what the index
    /// was made with is said of all of it.
    /// </summary>
    public void Use(RuleSet rules)
    {
        _isWhole = false;
        _analyzer.Use(rules);
    }

    /// <summary>From the next flow on, the values of this persona are searched for; of the flows the same holds as for other rules.</summary>
    public void Use(Persona persona)
    {
        _isWhole = false;
        _analyzer.Use(persona);
    }

    /// <summary>From the next flow on, addresses are looked up again in databases that have changed; of the flows the same holds as for other rules.</summary>
    public void LocateAnew()
    {
        _isWhole = false;
        _analyzer.LocateAnew();
    }

    /// <summary>Analyses what waits, and notes how far the index covers the evidence.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _working;
        await CoverAsync();
        _memory.Dispose();
    }

    private static long InMemory(Message? message) => message?.Body is MemoryBody body ? body.Length : 0;

    private async Task WorkAsync()
    {
        await foreach (var (stored, memory) in _queue.Reader.ReadAllAsync())
        {
            using (memory)
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
        catch (Exception e)
        {
            // Whatever one flow does to the analysis, it must not end the recording of the others: the evidence has it, and the next start tries again.
            _isWhole = false;
            LogNotAnalyzed(stored.Flow.Metadata.Number, e.Message);
        }
    }

    private async Task CoverAsync()
    {
        if (_isWhole && _covered is { } covered)
        {
            try
            {
                await _index.CoverAsync(covered.Segment, covered.End, CancellationToken.None);
            }
            catch (Exception e)
            {
                _isWhole = false;
                LogNotCovered(covered.Segment, e.Message);
            }
        }

        _covered = null;
    }

    [LoggerMessage(3002, LogLevel.Error, "The index of segment {Segment} can't be kept ({Reason}); the next start makes it again")]
    private partial void LogNotCovered(int segment, string reason);

    [LoggerMessage(3001, LogLevel.Error, "Flow #{Number} is recorded but could not be analysed ({Reason}); the next start does it again")]
    private partial void LogNotAnalyzed(long number, string reason);
}
