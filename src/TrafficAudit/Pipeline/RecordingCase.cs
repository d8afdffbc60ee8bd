using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TrafficAudit.Classification;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Index;
using TrafficAudit.Model;
using TrafficAudit.Provenance;

namespace TrafficAudit.Pipeline;

/// <summary>
/// A case that is being written, and the way of a flow through it:
/// <code>
/// capture, import ─► evidence (on disk) ─► analysis ─► index ─► whoever watches
/// </code>
/// </summary>
internal sealed class RecordingCase : IAsyncDisposable
{
    private readonly Channel<AddressLookup> _lookups;
    private readonly Task _journalling;
    private readonly AnalysisStage _analysis;
    private bool _ended;

    private RecordingCase(
        CaseFolder folder, ICaseIndex index, EvidenceWriter evidence, AnalysisStage analysis, Channel<AddressLookup> lookups, CaseBooks books)
    {
        Folder = folder;
        Index = index;
        Evidence = evidence;
        Correlation = new CaseCorrelation(folder, index);
        Books = books;
        _analysis = analysis;
        _lookups = lookups;
        _journalling = JournalLookupsAsync();
    }

    public CaseFolder Folder { get; }

    public ICaseIndex Index { get; }

    /// <summary>How many records of the evidence could not be read when the index was brought up to date.</summary>
    public int DamagedRecords { get; private set; }

    /// <summary>The case's personas when it was opened.</summary>
    public IReadOnlyList<Persona> Personas { get; private init; } = [];

    /// <summary>What is seen by comparing the devices over all sessions.</summary>
    public CaseCorrelation Correlation { get; }

    /// <summary>What people made of it.</summary>
    public CaseBooks Books { get; }

    /// <summary>Where flows go in.</summary>
    public EvidenceWriter Evidence { get; }

    /// <summary>How many flows are on their way into the evidence or the index at this moment.</summary>
    public int Waiting => Evidence.Waiting + _analysis.Waiting;

    /// <summary>From the next flow on, other rules are used.</summary>
    public void Use(RuleSet rules) => _analysis.Use(rules);

    /// <summary>From the next flow on, the values of this persona are searched for: those of all the case's personas.</summary>
    public void Use(Persona persona) => _analysis.Use(persona);

    /// <summary>From the next flow on, every address is looked up again: the databases have changed.</summary>
    public void LocateAnew() => _analysis.LocateAnew();

    /// <summary>Opens a case for writing and brings its index up to date.</summary>
    /// <param name="folder">The case.</param>
    /// <param name="sources">What locating rests on.</param>
    /// <param name="persona">A persona to add to the case's; null for none.</param>
    /// <param name="analyzed">Called for each flow once it is in the index; must not wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">For the stages.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <param name="again">Not null to analyse everything again; gets the bytes of evidence done.</param>
    /// <param name="recorder">Who records, for the segments' <c>warcinfo</c>; null where nobody is to be named.</param>
    public static async Task<RecordingCase> OpenAsync(
        CaseFolder folder, DataSources sources, Persona? persona, Action<AnalyzedFlow> analyzed, TimeProvider time, ILoggerFactory loggers,
        CancellationToken cancellation, IProgress<long>? again = null, Recorder? recorder = null)
    {
        var known = CasePersonas.Read(folder);
        var isNew = persona is not null && !known.Contains(persona);
        IReadOnlyList<Persona> personas = isNew ? [.. known, persona!] : known;
        var all = CasePersonas.Union(personas);
        var lookups = Channel.CreateUnbounded<AddressLookup>(new UnboundedChannelOptions { SingleReader = true });
        var analyzer = new FlowAnalyzer(new Classifier(all, sources.Rules), sources.NewLocator(l => lookups.Writer.TryWrite(l)), () => sources.Recipients);
        var index = await OpenIndexAsync(folder, AnalysisVersion.Of(all, sources), cancellation);
        AnalysisStage? analysis = null;
        RecordingCase? recording = null;
        try
        {
            analysis = new AnalysisStage(analyzer, index, analyzed, loggers.CreateLogger<AnalysisStage>());
            var evidence = await EvidenceWriter.OpenAsync(
                folder,
                new EvidenceOptions { Software = ProgramVersion.Software, Provenance = recorder?.Lines ?? [] },
                analysis.AddAsync,
                time,
                loggers.CreateLogger<EvidenceWriter>(),
                cancellation);
            recording = new RecordingCase(folder, index, evidence, analysis, lookups, CaseDecisions.Load(folder, loggers.CreateLogger<RecordingCase>())) { Personas = personas };
            if (isNew)
            {
                await evidence.RecordAsync(JournalKinds.Persona, JsonSerializer.SerializeToNode(persona, ModelJson.Default.Persona)!, cancellation);
            }

            if (again is not null)
            {
                await index.ResetAllAsync(cancellation);
                CaseDecisions.Forget(folder);
            }

            AnalysisVersion.SayIfOther(folder, index, sources, loggers.CreateLogger<RecordingCase>());
            recording.DamagedRecords = await IndexUpdate.RunAsync(folder, index, analyzer, again, loggers.CreateLogger<RecordingCase>(), cancellation);
            return recording;
        }
        catch
        {
            await CloseAsync(recording, analysis, index);
            throw;
        }
    }

    /// <summary>Writes and analyses what waits, so that the index shows all of it; no flow may be recorded afterwards.</summary>
    /// <exception cref="IOException">The disk has failed.</exception>
    public async Task CompleteAsync()
    {
        await Evidence.FlushAsync(CancellationToken.None);
        await _analysis.DisposeAsync();
    }

    /// <summary>As <see cref="DisposeAsync"/>, and seals the case: nothing comes after the seal.</summary>
    /// <param name="sealer">Seals it.</param>
    /// <param name="sealed">Called with what came of it; what is to be done with the index can be done there, when the evidence is safe.</param>
    /// <param name="cancellation">Ends the sealing.</param>
    /// <exception cref="IOException">The disk has failed, or the seal can't be written.</exception>
    public Task CloseAsync(CaseSealer sealer, Func<SealOutcome, Task> @sealed, CancellationToken cancellation) =>
        EndAsync(async () => await @sealed(await Evidence.CloseAsync(sealer, cancellation)));

    /// <summary>Writes what waits, analyses it, and closes everything in the order of the way.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            await EndAsync(() => Evidence.DisposeAsync().AsTask());
        }
    }

    private async Task EndAsync(Func<Task> closeEvidence)
    {
        _ended = true;

        // Analysis still looks addresses up, and look-ups are evidence: it ends before the journal does.
        // When the disk has failed the flush says so; what is on it is analysed and closed all the same.
        try
        {
            await Evidence.FlushAsync(CancellationToken.None);
        }
        finally
        {
            await _analysis.DisposeAsync();
            _lookups.Writer.TryComplete();
            try
            {
                await _journalling;
            }
            finally
            {
                try
                {
                    await closeEvidence();
                }
                finally
                {
                    Correlation.Dispose();
                    await Index.DisposeAsync();
                }
            }
        }
    }

    /// <exception cref="CaseException">Another process records the case; the message names it.</exception>
    private static async Task<ICaseIndex> OpenIndexAsync(CaseFolder folder, string version, CancellationToken cancellation)
    {
        try
        {
            return await CaseIndex.OpenAsync(folder, version, cancellation);
        }
        catch (IndexInUseException)
        {
            using var free = CaseLock.Take(folder);
            throw;
        }
    }

    /// <summary>Closes what an opening that failed has opened.</summary>
    private static async ValueTask CloseAsync(RecordingCase? recording, AnalysisStage? analysis, ICaseIndex index)
    {
        if (recording is not null)
        {
            await recording.DisposeAsync();
            return;
        }

        if (analysis is not null)
        {
            await analysis.DisposeAsync();
        }

        await index.DisposeAsync();
    }

    private async Task JournalLookupsAsync()
    {
        await foreach (var lookup in _lookups.Reader.ReadAllAsync())
        {
            var content = JsonSerializer.SerializeToNode(lookup, ModelJson.Default.AddressLookup)!;
            await Evidence.RecordAsync(JournalKinds.Lookup, content, CancellationToken.None);
        }
    }
}
