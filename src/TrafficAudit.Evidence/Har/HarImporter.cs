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

    private readonly int maxEntryBytes;

    /// <summary>An importer with the usual bound.</summary>
    public HarImporter()
        : this(MaxEntryBytes)
    {
    }

    internal HarImporter(int maxEntryBytes) => this.maxEntryBytes = maxEntryBytes;

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
        return new Run(har, sink, options, progress, maxEntryBytes).ReadAsync(fileName, cancellation);
    }

    private sealed class Run
    {
        private readonly IFlowSink sink;
        private readonly ImportOptions options;
        private readonly IProgress<ImportProgress>? progress;
        private readonly long? totalBytes;
        private readonly JsonFeed feed;
        private readonly HarEntryStream entries;
        private readonly Remarks skipped = new();
        private readonly Remarks notes = new();
        private readonly int maxEntryBytes;
        private long imported;
        private long nextReport = BytesPerReport;

        public Run(Stream har, IFlowSink sink, ImportOptions options, IProgress<ImportProgress>? progress, int maxEntryBytes)
        {
            this.sink = sink;
            this.options = options;
            this.progress = progress;
            this.maxEntryBytes = maxEntryBytes;
            totalBytes = har.CanSeek ? har.Length : null;
            feed = new JsonFeed(har);
            entries = new HarEntryStream(feed, maxEntryBytes, TakeAsync);
        }

        public async Task<ImportResult> ReadAsync(string fileName, CancellationToken cancellation)
        {
            string? fault = null;
            try
            {
                await entries.ReadAsync(cancellation);
            }
            catch (HarBreakException exception) when (entries.HasEntries)
            {
                fault = $"{fileName} breaks off {entries.Place}, {exception.Place}: {exception.Message}; "
                    + "what came before is imported, export the file again to have the rest";
            }
            catch (HarBreakException exception)
            {
                throw new ImportException(feed.Offset == 0 && exception.Message == HarEntryStream.FileEnds
                    ? $"{fileName} is empty; export it again as HAR 1.2"
                    : $"{fileName} is no HAR: {exception.Message}, {entries.Place}, {exception.Place}; export it again as HAR 1.2");
            }

            if (!entries.HasEntries)
            {
                throw new ImportException($"{fileName} is JSON but no HAR: it has no array log.entries; export it again as HAR 1.2");
            }

            Report();
            return new ImportResult(imported, skipped.Count, skipped.Kept, notes.Count, notes.Kept, fault);
        }

        private async ValueTask TakeAsync(long index, ReadOnlyMemory<byte>? json, CancellationToken cancellation)
        {
            try
            {
                if (json is null)
                {
                    throw new UnusableEntryException($"the entry is larger than {maxEntryBytes} bytes");
                }

                var flow = new HarFlow(HarEntryReader.Read(json.Value.Span), options);
                await sink.RecordAsync(flow.Build(sink.TakeNumber), cancellation);
                imported++;
                foreach (var note in flow.Notes)
                {
                    notes.Add(index, note);
                }
            }
            catch (UnusableEntryException exception)
            {
                skipped.Add(index, exception.Message);
            }

            if (feed.Offset >= nextReport)
            {
                nextReport = feed.Offset + BytesPerReport;
                Report();
            }
        }

        private void Report() => progress?.Report(new ImportProgress(feed.Offset, totalBytes, imported, skipped.Count));
    }

    private sealed class Remarks
    {
        private readonly ImmutableArray<ImportRemark>.Builder kept = ImmutableArray.CreateBuilder<ImportRemark>();

        public long Count { get; private set; }

        public ImmutableArray<ImportRemark> Kept => kept.ToImmutable();

        public void Add(long entry, string text)
        {
            Count++;
            if (kept.Count < ImportResult.MaxRemarks)
            {
                kept.Add(new ImportRemark(entry, text));
            }
        }
    }
}
