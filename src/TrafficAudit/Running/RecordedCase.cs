using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using TrafficAudit.Assessment.Decisions;
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

    private RecordedCase(CaseFolder folder, DataSources sources, ICaseIndex index, CaseCorrelation correlation, CaseBooks books)
    {
        Folder = folder;
        Sources = sources;
        Index = index;
        _correlation = correlation;
        Books = books;
        Renderer = RendererOf(folder, index, sources, correlation, books);
    }

    public CaseFolder Folder { get; }

    public DataSources Sources { get; }

    public ICaseIndex Index { get; }

    /// <summary>What people made of it.</summary>
    public CaseBooks Books { get; }

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
            return new RecordedCase(folder, sources, index, correlation, CaseDecisions.Load(folder, loggers.CreateLogger<RecordedCase>()));
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
    public static ResultRenderer RendererOf(CaseFolder folder, ICaseIndex index, DataSources sources, CaseCorrelation correlation, CaseBooks books)
    {
        var evidence = new EvidenceReader(folder);
        return new ResultRenderer(
            folder,
            index,
            books,
            text => CaseFilter.Parse(folder, text, books, index),
            (number, cancellation) => Task.Run(
                () => index.Position(number) is var (segment, offset) ? evidence.ReadFlow(new FlowPosition(segment, offset)) : null, cancellation),
            () => new Classifier(CasePersonas.Union(CasePersonas.Read(folder)), sources.Rules),
            new ContentSearch(folder, index),
            cancellation => correlation.CurrentAsync(null, cancellation),
            sources,
            TimeProvider.System);
    }

    /// <summary>Takes decisions on a case.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="renderer">Reads its filters.</param>
    /// <param name="decisions">What was decided so far.</param>
    /// <param name="captures">Where cases and the lab's rules lie.</param>
    /// <param name="journal">Notes something in the case; completes when it is on the disk.</param>
    /// <param name="changed">Told after each change.</param>
    public static DecisionDesk DeskOf(
        ICaseIndex index, ResultRenderer renderer, DecisionBook decisions, string captures, Func<string, JsonNode, CancellationToken, Task> journal, Action changed) =>
        new(decisions, new SubjectFinder(index, renderer.AnswerAsync), new LabRules(DataSources.RulesOf(captures)), journal, changed, TimeProvider.System);

    /// <summary>Marks flows and keeps filters in a case.</summary>
    /// <inheritdoc cref="DeskOf" path="/param"/>
    public static NoteDesk NotesOf(
        CaseFolder folder, ICaseIndex index, CaseBooks books, Func<string, JsonNode, CancellationToken, Task> journal, Action changed) =>
        new(books.Notes, index, text => CaseFilter.ParseKept(folder, text, books, index), journal, changed);

    public async ValueTask DisposeAsync()
    {
        _correlation.Dispose();
        await Index.DisposeAsync();
        Sources.Dispose();
    }
}
