using System.Security.Cryptography;
using TrafficAudit.Classification.Redaction;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Exports;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Searching;

namespace TrafficAudit.Exporting;

/// <summary>
/// Writes flows of a case to a file, one in memory at a time:
/// <code>
/// index (which flows, their findings) ─► evidence (their bytes) ─► redaction or not ─► format ─► file
/// </code>
/// </summary>
/// <param name="folder">The case.</param>
/// <param name="index">Its index.</param>
/// <param name="books">What people made of it, for filters.</param>
/// <param name="key">Opens the key that signs a WACZ.</param>
/// <param name="time">The clock.</param>
internal sealed class CaseExporter(CaseFolder folder, ICaseIndex index, CaseBooks books, Func<SealingKey> key, TimeProvider time)
{
    /// <summary>Writes a file.</summary>
    /// <param name="request">What.</param>
    /// <param name="path">Where; there must be no file of this name. It is deleted again when something goes wrong.</param>
    /// <param name="progress">Flows written; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="FlowFilterException">The filter can't be understood.</exception>
    /// <exception cref="IOException">The file can't be written, or the evidence can't be read.</exception>
    public async Task<ExportOutcome> WriteAsync(ExportRequest request, string path, IProgress<long>? progress, CancellationToken cancellation)
    {
        var asked = CaseFilter.Parse(folder, request.Filter, books, index);
        using var search = new ContentSearch(folder, index);
        var filter = await search.AnswerAsync(asked, null, cancellation);
        var personas = CasePersonas.Read(folder);
        var redactor = request.Redact ? new Redactor(CasePersonas.Union(personas)) : null;
        var values = new ShownValues(request, redactor);
        var info = new ExportInfo(
            ProgramVersion.Software, folder.Info.Name, time.GetUtcNow(), filter.ToString(), request.Redact, [.. personas.Select(values.Of)]);
        if (redactor is not null && (asked.LooksIntoContent || redactor.HasKnownValue(filter.ToString())))
        {
            info = info with { Filter = "(left out: it may hold a personal value)" };
        }

        var isWhole = false;
        try
        {
            ExportOutcome outcome;
            using (var file = FormatFile.Create(request.Format, path, info, key))
            {
                outcome = await AddAllAsync(file.Export, filter, redactor, values, progress, cancellation);
                file.Complete();
            }

            await using var written = File.OpenRead(path);
            outcome = outcome with { Bytes = written.Length, Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellation)) };
            isWhole = true;
            return outcome;
        }
        finally
        {
            if (!isWhole)
            {
                File.Delete(path);
            }
        }
    }

    private async Task<ExportOutcome> AddAllAsync(
        IFlowExport export, FlowFilter filter, Redactor? redactor, ShownValues values, IProgress<long>? progress, CancellationToken cancellation)
    {
        var evidence = new EvidenceReader(folder);
        long flows = 0, leftOut = 0, parts = 0, damaged = 0;
        foreach (var summary in index.Ascending(filter))
        {
            cancellation.ThrowIfCancellationRequested();
            var place = index.Position(summary.Number);
            var position = place is var (segment, offset) ? new FlowPosition(segment, offset) : default;
            using var flow = place is null ? null : evidence.ReadFlow(position);
            if (flow is null || await index.GetAsync(summary.Number, cancellation) is not { } analyzed)
            {
                damaged++;
                continue;
            }

            var redacted = redactor?.Redact(flow, analyzed.Findings);
            if (redactor is not null && redacted is null)
            {
                leftOut++;
                continue;
            }

            parts += redacted?.Redaction.LeftOut.Length ?? 0;
            export.Add(new ExportedFlow(
                redacted?.Flow ?? flow, values.Of(analyzed), OriginalRecord.Of(folder, position, summary.Number), redacted?.Redaction)
            {
                // Before what is shown of places is changed.
                Judgements = [.. analyzed.Findings.Where(f => f.IsCounted).Select(f => books.Decisions.OfFinding(summary.Number, PlaceDigest.Of(f.Item, f.Location)))],
            });
            progress?.Report(++flows);
        }

        return new ExportOutcome(flows, leftOut, parts, damaged, 0, "");
    }
}
