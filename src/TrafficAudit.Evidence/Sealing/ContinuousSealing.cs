using Microsoft.Extensions.Logging;
using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>
/// Seals a case that is being recorded whenever another segment is full: from then on nobody can change what was sealed and not be found out, and little is
/// left to be sealed at the end.
/// </summary>
public sealed partial class ContinuousSealing : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(30);

    private readonly CaseFolder _folder;
    private readonly EvidenceWriter _writer;
    private readonly Func<CaseSealer> _sealer;
    private readonly ILogger<ContinuousSealing> _logger;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    /// <summary>Begins.</summary>
    /// <param name="folder">The case.</param>
    /// <param name="writer">Who writes it.</param>
    /// <param name="sealer">Makes a sealer for each seal.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Gets the number of faults that sealing found.</param>
    public ContinuousSealing(CaseFolder folder, EvidenceWriter writer, Func<CaseSealer> sealer, TimeProvider time, ILogger<ContinuousSealing> logger)
    {
        _folder = folder;
        _writer = writer;
        _sealer = sealer;
        _logger = logger;
        _loop = RunAsync(time);
    }

    /// <summary>Ends it; a seal that was begun is completed first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_end.IsCancellationRequested)
        {
            await _end.CancelAsync();
            await _loop;
            _end.Dispose();
        }
    }

    private async Task RunAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Glance, time);
        var segments = _folder.Segments.Count;
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                var now = _folder.Segments.Count;
                if (now > segments)
                {
                    segments = now;
                    Report(await _writer.SealAsync(_sealer(), CancellationToken.None));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
            return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // When the evidence can't be written either, its writer says so; else the seal at the end covers this, too.
            LogFailed(_folder.Info.Name, e.Message);
        }
    }

    private void Report(SealOutcome outcome)
    {
        if (outcome.Faults.Count > 0)
        {
            LogFaults(_folder.Info.Name, outcome.Faults.Count);
        }
    }

    [LoggerMessage(2011, LogLevel.Error, "Sealing case {Case} found {Count} faults in its evidence; 'trafficaudit verify' names them")]
    private partial void LogFaults(string @case, int count);

    [LoggerMessage(2012, LogLevel.Warning, "Case {Case} could not be sealed while it is recorded: {Reason}")]
    private partial void LogFailed(string @case, string reason);
}
