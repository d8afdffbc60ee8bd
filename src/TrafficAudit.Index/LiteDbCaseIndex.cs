using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TrafficAudit.Index.Columns;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Index.Queries;
using TrafficAudit.Index.Storage;
using TrafficAudit.Index.Watching;
using TrafficAudit.Model;

namespace TrafficAudit.Index;

/// <summary>
/// The embedded index: columns of all flows in memory, whole flows in one LiteDB file per segment (<c>00001.db</c>), and the columns of
/// closed files beside them (<c>00001.columns</c>) for a quick start. Of an encrypted case everything stays in memory (<see cref="OpenInMemory"/>).
/// </summary>
public sealed class LiteDbCaseIndex : ICaseIndex
{
    private const int FindingsReadAhead = 256;

    private readonly string _analysisVersion;
    private readonly IndexOptions _options;
    private readonly FileStream? _lock;
    private readonly IDocumentStore _store;
    private readonly IndexWriter _writer;
    private readonly ChangeFeed _changes = new();
    private ImmutableList<IndexFault> _faults;

    // Written under the gate, read by anybody; sorted by segment. The gate also makes one order of what enters columns and queue.
    private readonly Lock _gate = new();
    private ImmutableList<SegmentEntry> _entries;
    private bool _disposed;

    private LiteDbCaseIndex(SegmentPaths? paths, string analysisVersion, IndexOptions options, FileStream? @lock)
    {
        _analysisVersion = analysisVersion;
        _options = options;
        _lock = @lock;
        _faults = [];
        _store = paths is null
            ? new MemoryStore()
            : new SegmentStore(paths, (segment, reason) => ImmutableInterlocked.Update(ref _faults, f => f.Add(new IndexFault(segment, reason))));
        _entries = [.. _store.Load()];
        _writer = new IndexWriter(_store, options.BatchSize, options.Room, options.WriteDelay, options.Clock);
    }

    /// <inheritdoc/>
    public IndexCounters Counters => Now.Counters;

    /// <inheritdoc/>
    public IReadOnlyList<IndexFault> Faults => Volatile.Read(ref _faults);

    private CaseSnapshot Now => new(Volatile.Read(ref _entries));

    /// <summary>Opens the index in a folder, which is made if need be, and reads what is whole of it.</summary>
    /// <param name="indexFolder">The folder; files of other names in it are left alone.</param>
    /// <param name="analysisVersion">A digest of what analysis depends on (persona, rules, databases): it is noted with the segments begun from now on.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="cancellation">Ends the opening before it begins.</param>
    /// <exception cref="IndexInUseException">Another process has it open.</exception>
    /// <exception cref="IOException">The folder can't be made or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of rights.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public static async Task<LiteDbCaseIndex> OpenAsync(
        string indexFolder, string analysisVersion, IndexOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(indexFolder);
        ArgumentNullException.ThrowIfNull(analysisVersion);
        options ??= new IndexOptions();
        IndexOptions.Check(options);

        // Reading takes up to a second a segment and LiteDB knows no other way than to block.
        return await Task.Run(
            () =>
            {
                Directory.CreateDirectory(indexFolder);
                var paths = new SegmentPaths(indexFolder);
                var owned = Own(paths);
                try
                {
                    return new LiteDbCaseIndex(paths, analysisVersion, options, owned);
                }
                catch
                {
                    owned.Dispose();
                    throw;
                }
            },
            cancellation);
    }

    /// <summary>
    /// Opens an index that writes nothing anywhere and begins empty. Whole flows lie compressed in memory, so that it grows with the case.
    /// </summary>
    /// <param name="analysisVersion">As for <see cref="OpenAsync"/>.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public static LiteDbCaseIndex OpenInMemory(string analysisVersion, IndexOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(analysisVersion);
        options ??= new IndexOptions();
        IndexOptions.Check(options);
        return new LiteDbCaseIndex(null, analysisVersion, options, null);
    }

    /// <inheritdoc/>
    public async ValueTask AddAsync(int segment, long offset, AnalyzedFlow flow, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentOutOfRangeException.ThrowIfLessThan(segment, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(flow.Summary.Number, 1, nameof(flow));
        var document = FlowDocument.Of(offset, flow);
        await _writer.WaitForRoomAsync(cancellation);
        lock (_gate)
        {
            var entry = Begin(segment);

            // The document first: who sees the flow must be able to get it whole.
            _writer.Add(new AddWork(entry, document, entry.Holds(flow.Summary.Number)));
            entry.Append(offset, flow);
        }

        _changes.Publish(IndexChange.Added(flow.Summary.Number));
    }

    /// <inheritdoc/>
    public async ValueTask CoverAsync(int segment, long evidenceLength, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(segment, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(evidenceLength);
        await _writer.WaitForRoomAsync(cancellation);
        lock (_gate)
        {
            var entry = Begin(segment);
            entry.Cover(evidenceLength);
            _writer.Cover(new CoverWork(entry, evidenceLength));
        }
    }

    /// <inheritdoc/>
    public async ValueTask FlushAsync(CancellationToken cancellation = default) => await _writer.FlushAsync().WaitAsync(cancellation);

    /// <inheritdoc/>
    public SegmentState? State(int segment) =>
        Entry(segment) is { IsLost: false } entry
            ? new SegmentState(segment, entry.Table.Snapshot.Totals.Flows, entry.EvidenceLength, entry.AnalysisVersion)
            : null;

    /// <inheritdoc/>
    public ValueTask ResetAsync(int segment, CancellationToken cancellation = default) => ResetAsync(e => e.Segment == segment, cancellation);

    /// <inheritdoc/>
    public ValueTask ResetAllAsync(CancellationToken cancellation = default) => ResetAsync(_ => true, cancellation);

    /// <inheritdoc/>
    public FlowPage Flows(FlowFilter filter, long? before, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Now.Page(filter, before, limit);
    }

    /// <inheritdoc/>
    public IEnumerable<FlowSummary> Ascending(FlowFilter filter, long after = 0)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Now.Ascending(filter, after);
    }

    /// <inheritdoc/>
    public FlowSelection Select(FlowFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new FlowSelection(() => Now, _changes.Subscribe(_options.WatchCapacity), filter);
    }

    /// <inheritdoc/>
    public FlowSummary? Find(long number) => Now.Locate(number) is var (_, segment, row) ? segment.Summary(row) : null;

    /// <inheritdoc/>
    public FlowSummary? Find(long number, FlowFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Now.Find(number, filter);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ListedFlow> Listed(IReadOnlyList<long> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return Now.Listed(numbers);
    }

    /// <inheritdoc/>
    public (int Segment, long Offset)? Position(long number) =>
        Now.Locate(number) is var (entry, segment, row) ? (entry.Segment, segment[row].Offset) : null;

    /// <inheritdoc/>
    public async ValueTask<AnalyzedFlow?> GetAsync(long number, CancellationToken cancellation = default) =>
        Now.Locate(number) is var (entry, _, _)
            ? (await _writer.ReadAsync(entry, [number]).AsTask().WaitAsync(cancellation))[0]?.ToFlow()
            : null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<(FlowSummary Flow, Finding Finding)> FindingsAsync(
        FlowFilter filter, bool all, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        foreach (var ahead in Now.WithFindings(filter, all).Chunk(FindingsReadAhead))
        {
            var documents = await DocumentsAsync(ahead, cancellation);
            foreach (var (entry, flow, choice) in ahead)
            {
                var document = documents[flow.Number] ?? throw new IndexDamagedException(entry.Segment);
                foreach (var finding in document.ToFlow().Findings)
                {
                    if ((all || finding.IsCounted) && choice.Includes(FindingFacts.Of(flow.Number, finding)))
                    {
                        yield return (flow, finding);
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Transfer> Transfers(FlowFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Now.Transfers(filter);
    }

    /// <inheritdoc/>
    public IReadOnlyList<TransferSum> TransferSums(FlowFilter filter, TransferGrouping by)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Now.TransferSums(filter, by);
    }

    /// <inheritdoc/>
    public IReadOnlyList<SessionExtent> Sessions() => Now.Sessions();

    /// <inheritdoc/>
    public Timeline? Timeline(string session, FlowFilter filter, Func<string, string> groupOf, int slices)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(groupOf);
        ArgumentOutOfRangeException.ThrowIfLessThan(slices, 1);
        return Now.Timeline(session, filter, groupOf, slices);
    }

    /// <inheritdoc/>
    public Coverage Coverage(FlowFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Now.Coverage(filter);
    }

    /// <inheritdoc/>
    public IReadOnlyList<OccurringValue> Occurring(FilterColumn column, string pattern, int limit)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Now.Occurring(column, pattern, limit);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<IndexChange> WatchAsync(CancellationToken cancellation = default) =>
        _changes.WatchAsync(_options.WatchCapacity, cancellation);

    /// <summary>Writes what is not written yet and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _changes.Close();
        await _writer.DisposeAsync();
        _store.Close(_entries);
        if (_lock is not null)
        {
            await _lock.DisposeAsync();
        }
    }

    private static FileStream Own(SegmentPaths paths)
    {
        try
        {
            return new FileStream(paths.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            throw new IndexInUseException($"another process has the index in {paths.Folder} open", e);
        }
    }

    /// <summary>The segment's entry, begun if there is none. Under the gate.</summary>
    private SegmentEntry Begin(int segment)
    {
        if (_disposed)
        {
            _writer.LeaveRoom();
            throw new ObjectDisposedException(nameof(LiteDbCaseIndex));
        }

        if (Entry(segment) is { } known)
        {
            return known;
        }

        var entry = new SegmentEntry(segment, _analysisVersion, new SegmentTable(), file: null);
        var at = _entries.FindIndex(e => e.Segment > segment);
        Volatile.Write(ref _entries, at < 0 ? _entries.Add(entry) : _entries.Insert(at, entry));
        return entry;
    }

    private async ValueTask ResetAsync(Predicate<SegmentEntry> which, CancellationToken cancellation)
    {
        Task done;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            done = _writer.ResetAsync(_entries.FindAll(which));
            Volatile.Write(ref _entries, _entries.RemoveAll(which));
        }

        _changes.Publish(IndexChange.Refresh(0));
        await done.WaitAsync(cancellation);
    }

    private SegmentEntry? Entry(int segment) => Volatile.Read(ref _entries).Find(e => e.Segment == segment);

    private async ValueTask<Dictionary<long, FlowDocument?>> DocumentsAsync(
        IReadOnlyList<(SegmentEntry Entry, FlowSummary Flow, FindingChoice Choice)> flows, CancellationToken cancellation)
    {
        var documents = new Dictionary<long, FlowDocument?>();
        foreach (var segment in flows.GroupBy(f => f.Entry, f => f.Flow.Number))
        {
            long[] numbers = [.. segment];
            var read = await _writer.ReadAsync(segment.Key, numbers).AsTask().WaitAsync(cancellation);
            for (var i = 0; i < numbers.Length; i++)
            {
                documents[numbers[i]] = read[i];
            }
        }

        return documents;
    }
}
