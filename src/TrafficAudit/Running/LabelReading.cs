using Microsoft.Extensions.Logging;
using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Running;

/// <summary>Reads what the sessions of a case are called, beside what is shown already: it takes a while where there is much evidence.</summary>
internal sealed partial class LabelReading : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _reading;

    private LabelReading(SessionLabels labels, CaseFolder folder, Action done, ILogger logger) => _reading = Task.Run(() =>
    {
        try
        {
            labels.Read(folder, _ending.Token);
            done();
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            // Without names the flows are listed all the same.
            LogNotRead(logger, folder.Info.Name, e.Message);
        }
    });

    /// <summary>Begins.</summary>
    /// <param name="labels">Where the names go.</param>
    /// <param name="folder">The case.</param>
    /// <param name="done">Called when they are all there.</param>
    /// <param name="loggers">For what can't be read.</param>
    public static LabelReading Start(SessionLabels labels, CaseFolder folder, Action done, ILoggerFactory loggers) =>
        new(labels, folder, done, loggers.CreateLogger<LabelReading>());

    /// <summary>Ends it where it is.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading;
        _ending.Dispose();
    }

    [LoggerMessage(3203, LogLevel.Warning, "The names of the sessions of case {Case} could not be read ({Reason})")]
    private static partial void LogNotRead(ILogger logger, string @case, string reason);
}
