using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Har;

/// <summary>
/// Imports HAR 1.2 files (http://www.softwareishard.com/blog/har-12-spec/) of any size, holding one entry at a time.
/// <code>
/// file ─► JsonFeed ─► HarEntryStream ─► HarEntryReader ─► HarFlow ─► sink
///         (buffer)    (finds entries)   (JSON to entry)   (entry to flow)
/// </code>
/// </summary>
public sealed class HarImporter
{
    /// <summary>An entry longer than this (256 MiB) is skipped.</summary>
    public const int MaxEntryBytes = 256 * 1024 * 1024;

    private const long BytesPerReport = 1024 * 1024;

    private readonly int _maxEntryBytes;

    /// <summary>An importer with the usual bound.</summary>
    public HarImporter()
        : this(MaxEntryBytes)
    {
    }

    internal HarImporter(int maxEntryBytes) => _maxEntryBytes = maxEntryBytes;

    /// <summary>
    /// Reads <paramref name="har"/> to its end and hands each entry that can be used to <paramref name="sink"/>, in the file's order.
    /// </summary>
    /// <param name="har">The file from its start; it need not seek.</param>
    /// <param name="fileName">What messages call the file.</param>
    /// <param name="sink">Takes the flows and their ownership.</param>
    /// <param name="options">The labels of the flows.</param>
    /// <param name="progress">Told once per MiB and at the end.</param>
    /// <param name="cancellation">Ends the import after the present entry; what was handed over stays.</param>
    /// <returns>
    /// What became of the file; with a <see cref="ImportResult.Fault"/> where it broke off, and what came before imported.
    /// </returns>
    /// <exception cref="ImportException">The file is empty, no JSON, or no HAR.</exception>
    /// <exception cref="IOException">The file can't be read, or the sink can't write.</exception>
    /// <exception cref="OperationCanceledException">The import was cancelled.</exception>
    public Task<ImportResult> ImportAsync(
        Stream har, string fileName, IFlowSink sink, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(har);
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(options);
        return new Run(har, sink, options, progress, _maxEntryBytes).ReadAsync(fileName, cancellation);
    }

    private sealed class Run
    {
        private readonly IFlowSink _sink;
        private readonly ImportOptions _options;
        private readonly IProgress<ImportProgress>? _progress;
        private readonly long? _totalBytes;
        private readonly JsonFeed _feed;
        private readonly HarEntryStream _entries;
        private readonly Remarks _skipped = new();
        private readonly Remarks _notes = new();
        private readonly int _maxEntryBytes;
        private long _imported;
        private long _nextReport = BytesPerReport;

        public Run(Stream har, IFlowSink sink, ImportOptions options, IProgress<ImportProgress>? progress, int maxEntryBytes)
        {
            _sink = sink;
            _options = options;
            _progress = progress;
            _maxEntryBytes = maxEntryBytes;
            _totalBytes = har.CanSeek ? har.Length : null;
            _feed = new JsonFeed(har);
            _entries = new HarEntryStream(_feed, maxEntryBytes, TakeAsync);
        }

        public async Task<ImportResult> ReadAsync(string fileName, CancellationToken cancellation)
        {
            string? fault = null;
            try
            {
                await _entries.ReadAsync(cancellation);
            }
            catch (HarBreakException exception) when (_entries.HasEntries)
            {
                fault = $"{fileName} breaks off {_entries.Place}, {exception.Place}: {exception.Message}; "
                    + "what came before is imported, export the file again to have the rest";
            }
            catch (HarBreakException exception)
            {
                throw new ImportException(_feed.Offset == 0 && exception.Message == HarEntryStream.FileEnds
                    ? $"{fileName} is empty; export it again as HAR 1.2"
                    : $"{fileName} is no HAR: {exception.Message}, {_entries.Place}, {exception.Place}; export it again as HAR 1.2");
            }

            if (!_entries.HasEntries)
            {
                throw new ImportException($"{fileName} is JSON but no HAR: it has no array log.entries; export it again as HAR 1.2");
            }

            Report();
            return new ImportResult(_imported, _skipped.Count, _skipped.Kept, _notes.Count, _notes.Kept, fault);
        }

        private async ValueTask TakeAsync(long index, ReadOnlyMemory<byte>? json, CancellationToken cancellation)
        {
            try
            {
                if (json is null)
                {
                    throw new UnusableEntryException($"the entry is larger than {_maxEntryBytes} bytes");
                }

                var flow = new HarFlow(HarEntryReader.Read(json.Value.Span), _options);
                await _sink.RecordAsync(flow.Build(_sink.TakeNumber), cancellation);
                _imported++;
                foreach (var note in flow.Notes)
                {
                    _notes.Add(index, note);
                }
            }
            catch (UnusableEntryException exception)
            {
                _skipped.Add(index, exception.Message);
            }

            if (_feed.Offset >= _nextReport)
            {
                _nextReport = _feed.Offset + BytesPerReport;
                Report();
            }
        }

        private void Report() => _progress?.Report(new ImportProgress(_feed.Offset, _totalBytes, _imported, _skipped.Count));
    }

    private sealed class Remarks
    {
        private readonly ImmutableArray<ImportRemark>.Builder _kept = ImmutableArray.CreateBuilder<ImportRemark>();

        public long Count { get; private set; }

        public ImmutableArray<ImportRemark> Kept => _kept.ToImmutable();

        public void Add(long entry, string text)
        {
            Count++;
            if (_kept.Count < ImportResult.MaxRemarks)
            {
                _kept.Add(new ImportRemark(entry, text));
            }
        }
    }
}
