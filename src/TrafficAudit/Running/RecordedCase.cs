using Microsoft.Extensions.Logging;
using TrafficAudit.Classification;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;
using TrafficAudit.Pipeline;
using TrafficAudit.Results;
using TrafficAudit.Searching;

namespace TrafficAudit.Running;

/// <summary>A case that nobody records at the moment, open for reading; what its index lacks is analysed first.</summary>
internal sealed partial class RecordedCase : IAsyncDisposable
{
    private const int Attempts = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly CaseCorrelation _correlation;

    private RecordedCase(CaseFolder folder, DataSources sources, ICaseIndex index, CaseCorrelation correlation)
    {
        Folder = folder;
        Sources = sources;
        Index = index;
        _correlation = correlation;
        Renderer = RendererOf(folder, index, sources, correlation);
    }

    public CaseFolder Folder { get; }

    public DataSources Sources { get; }

    public ICaseIndex Index { get; }

    public ResultRenderer Renderer { get; }

    /// <summary>Opens a case; <paramref name="sources"/> are its own from then on.</summary>
    public static async Task<RecordedCase> OpenAsync(CaseFolder folder, DataSources sources, ILoggerFactory loggers, CancellationToken cancellation)
    {
        ICaseIndex? index = null;
        try
        {
            index = await OpenIndexAsync(folder, "", cancellation);
            if (IndexUpdate.IsNeeded(folder, index))
            {
                await index.DisposeAsync();
                using var writing = CaseLock.Take(folder);
                var persona = CasePersonas.Union(CasePersonas.Read(folder));
                index = await OpenIndexAsync(folder, AnalysisVersion.Of(persona, sources), cancellation);
                var analyzer = new FlowAnalyzer(new Classifier(persona, sources.Rules), sources.NewLocator(), () => sources.Recipients);
                await IndexUpdate.RunAsync(folder, index, analyzer, null, loggers.CreateLogger<RecordedCase>(), cancellation);
            }

            AnalysisVersion.SayIfOther(folder, index, sources, loggers.CreateLogger<RecordedCase>());
            var correlation = new CaseCorrelation(folder, index);
            await CompareAsync(folder, correlation, loggers.CreateLogger<RecordedCase>(), cancellation);
            return new RecordedCase(folder, sources, index, correlation);
        }
        catch
        {
            if (index is not null)
            {
                await index.DisposeAsync();
            }

            sources.Dispose();
            throw;
        }
    }

    // What is recorded can be read on a full disk, too; the next opening compares.
    private static async Task CompareAsync(CaseFolder folder, CaseCorrelation correlation, ILogger logger, CancellationToken cancellation)
    {
        try
        {
            await correlation.CurrentAsync(null, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotCompared(logger, folder.Info.Name, e.Message);
        }
    }

    [LoggerMessage(3202, LogLevel.Warning, "The devices of case {Case} could not be compared ({Reason}); the next command tries again")]
    private static partial void LogNotCompared(ILogger logger, string @case, string reason);

    /// <summary>Opens the index; another command that has it open at the moment is waited for.</summary>
    private static async Task<ICaseIndex> OpenIndexAsync(CaseFolder folder, string version, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await CaseIndex.OpenAsync(folder, version, cancellation);
            }
            catch (IndexInUseException) when (attempt < Attempts)
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    /// <summary>A renderer over a case's index and evidence.</summary>
    public static ResultRenderer RendererOf(CaseFolder folder, ICaseIndex index, DataSources sources, CaseCorrelation correlation)
    {
        var evidence = new EvidenceReader(folder);
        return new ResultRenderer(
            folder.Info,
            index,
            text => CaseFilter.Parse(folder, text),
            (number, cancellation) => Task.Run(
                () => index.Position(number) is var (segment, offset) ? evidence.ReadFlow(new FlowPosition(segment, offset)) : null, cancellation),
            () => new Classifier(CasePersonas.Union(CasePersonas.Read(folder)), sources.Rules),
            new ContentSearch(folder, index),
            cancellation => correlation.CurrentAsync(null, cancellation),
            sources,
            TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _correlation.Dispose();
        await Index.DisposeAsync();
        Sources.Dispose();
    }
}
