using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Imports;

/// <summary>One reading of one file: takes what a format finds, labels it, hands it on and counts.</summary>
/// <param name="sink">Takes the flows and their ownership.</param>
/// <param name="labels">The labels of the flows.</param>
/// <param name="present">Places whose flows are recorded already, by an import that was interrupted.</param>
/// <param name="progress">Told at every <see cref="Step"/>th of the work and at the end.</param>
internal sealed class ImportRun(IFlowSink sink, ImportLabels labels, IReadOnlySet<string> present, IProgress<ImportProgress>? progress)
{
    private const double Step = 1 / 256.0;

    private readonly Remarks _skipped = new();
    private readonly Remarks _notes = new();
    private long _imported;
    private long _present;
    private double _reported = -Step;

    /// <summary>Reads a file.</summary>
    /// <returns>One line that says where it broke off, and what came before is handed on; null when it was read to its end.</returns>
    /// <exception cref="ImportException">It is not what it began as; nothing was handed on.</exception>
    /// <exception cref="IOException">The file can't be read, or the evidence can't be written.</exception>
    public async Task<string?> ReadAsync(IImportFormat format, ImportSource source, CancellationToken cancellation)
    {
        try
        {
            await format.ReadAsync(source, this, cancellation);
            return null;
        }
        catch (ImportBreakException exception)
        {
            return $"{source.Name} breaks off {exception.Message}; what came before is imported, export the file again to have the rest";
        }
    }

    /// <summary>Hands a flow on, and its ownership also when it throws. Its number is given here.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="place">Where in the file it lies; never twice the same.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="IOException">The evidence can't be written.</exception>
    public async ValueTask RecordAsync(FlowRecord flow, string place, CancellationToken cancellation)
    {
        if (present.Contains(place))
        {
            _present++;
            flow.Dispose();
            return;
        }

        try
        {
            await sink.RecordAsync(flow with { Metadata = await LabelledAsync(flow.Metadata, place, cancellation) }, cancellation);
            _imported++;
        }
        catch
        {
            flow.Dispose();
            throw;
        }
    }

    /// <summary>An entry did not become a flow.</summary>
    public void Skip(string place, string why) => _skipped.Add(place, why);

    /// <summary>Something that a reader of the evidence should know.</summary>
    public void Note(string place, string text) => _notes.Add(place, text);

    /// <summary>The work is this far.</summary>
    public void Advance(long done, long total)
    {
        var share = total > 0 ? Math.Clamp((double)done / total, 0, 1) : 1;
        if (share - _reported >= Step)
        {
            _reported = share;
            Report(share);
        }
    }

    /// <summary>What became of the file, which was read to its end or to <paramref name="fault"/>.</summary>
    public ImportResult Complete(string? fault)
    {
        Report(1);
        return new ImportResult(_imported, _skipped.Count, _skipped.Kept, _notes.Count, _notes.Kept, fault) { Present = _present };
    }

    private void Report(double share) => progress?.Report(new ImportProgress(share, _imported, _skipped.Count));

    private async ValueTask<FlowMetadata> LabelledAsync(FlowMetadata metadata, string place, CancellationToken cancellation) => metadata with
    {
        Resolution = metadata is { Upstream: null, Resolution: null } && labels.ResolveNow is { } resolve ? await resolve(metadata.Host, cancellation) : metadata.Resolution,
        LabPosition = metadata.Upstream?.ConnectTime is null ? metadata.LabPosition : metadata.LabPosition ?? labels.LabPosition,
        Number = sink.TakeNumber(),
        Session = metadata.Session ?? labels.Import,
        Phase = labels.Phase ?? metadata.Phase,
        Device = labels.Device ?? metadata.Device,
        Source = new FlowSource(labels.Import, place),
    };
}
