using System.Text.Json.Nodes;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Har;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Mitmproxy;
using TrafficAudit.Evidence.WebArchives;

namespace TrafficAudit.Evidence;

/// <summary>
/// Imports files of other tools into a case. What kind a file is, its content tells. The journal says of each import which file it was (name, size,
/// digest); the very same file again adds nothing, and an import that was interrupted goes on where it was.
/// </summary>
/// <param name="folder">The case.</param>
/// <param name="evidence">Writes it.</param>
/// <param name="time">The clock.</param>
public sealed class FileImporter(CaseFolder folder, EvidenceWriter evidence, TimeProvider time)
{
    private const int StartBytes = 64 * 1024;

    // The more telling first.
    private static readonly IImportFormat[] Formats =
        [new SegmentFormat(), new WarcFormat(), new WaczFormat(), new FlowFileFormat(), new HarFormat()];

    private ImportHistory? _history;

    /// <summary>What can be imported, for people.</summary>
    public static string FormatNames => string.Join(", ", Formats.Select(f => f.Name).Distinct(StringComparer.Ordinal));

    /// <summary>Imports one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told now and then; null for nobody.</param>
    /// <param name="cancellation">
    /// Ends the import after the present entry; what was recorded stays, and the next import of the file adds the rest.
    /// </param>
    /// <returns>What became of it; with a <see cref="ImportResult.Fault"/> where it broke off, and what came before recorded.</returns>
    /// <exception cref="ImportException">It is none of the formats, or part of this very case; nothing was recorded.</exception>
    /// <exception cref="IOException">It can't be read, or the evidence can't be written.</exception>
    /// <exception cref="OperationCanceledException">The import was cancelled.</exception>
    public async Task<ImportResult> ImportAsync(
        string path, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);

        // 1. Which file it is, and whether it was here before.
        var format = Recognise(path);
        var original = await OriginalFile.ReadAsync(path, cancellation);
        _history ??= ImportHistory.Read(folder);
        if (options.KeepOriginal)
        {
            await KeepAsync(original, format, cancellation);
        }

        if (_history.Completed(original.Sha256) is { } before)
        {
            return new ImportResult(0, 0, [], 0, [], null) { Format = format.Name, ImportedBefore = before };
        }

        // 2. An import of its own, or one that was interrupted.
        var interrupted = _history.Interrupted(original.Sha256);
        var id = interrupted ?? $"i{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-{original.Sha256[..8]}";
        var present = interrupted is null ? [] : _history.PlacesOf(interrupted);
        var entry = original.Json;
        entry["import"] = id;
        entry["format"] = format.Name;
        entry["device"] = options.Device;
        entry["app_version"] = options.AppVersion;
        entry["persona"] = options.Persona;
        entry["scenario"] = options.Scenario;
        entry["lab_position"] = options.LabPosition?.ToString();
        entry["resolved_now"] = options.ResolveNow is not null;
        if (interrupted is null)
        {
            await evidence.RecordAsync(JournalKinds.ImportStarted, entry.DeepClone(), cancellation);
        }

        // 3. Its flows.
        var run = new ImportRun(evidence, new ImportLabels(id, options.Phase, options.Device, options.LabPosition, options.ResolveNow), present, progress);
        string? fault;
        await using (var content = OriginalFile.Open(path))
        {
            fault = await run.ReadAsync(format, new ImportSource(original.Name, content, folder.SpoolFolder, path), cancellation);
        }

        await evidence.FlushAsync(cancellation);

        // 4. What was read is what the digest says.
        fault ??= await OriginalFile.ReadAsync(path, cancellation) == original ? null : $"{original.Name} changed while it was imported; import it again";
        var result = run.Complete(fault) with { Format = format.Name };
        await JournalAsync(entry, result, cancellation);
        _history.Add(original.Sha256, time.GetUtcNow());
        return result;
    }

    /// <exception cref="ImportException">It is none of the formats, or part of this very case.</exception>
    private IImportFormat Recognise(string path)
    {
        var name = Path.GetFileName(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) == folder.Path && name.StartsWith("evidence-", StringComparison.Ordinal))
        {
            throw new ImportException($"{name} is evidence of this very case; import it into another one");
        }

        using var file = OriginalFile.Open(path);
        var start = new byte[StartBytes];
        var bytes = start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        foreach (var format in Formats)
        {
            if (format.Recognises(bytes))
            {
                return format;
            }
        }

        throw new ImportException(bytes.IsEmpty
            ? $"{name} is empty; export it again"
            : $"{name} is none of the formats that can be imported ({FormatNames}); export it as one of them");
    }

    private async Task KeepAsync(OriginalFile original, IImportFormat format, CancellationToken cancellation)
    {
        var entry = original.Json;
        entry["path"] = original.CopyInto(folder, format.Extension);
        await evidence.RecordAsync(JournalKinds.OriginalKept, entry, cancellation);
    }

    private Task JournalAsync(JsonObject entry, ImportResult result, CancellationToken cancellation)
    {
        entry["imported"] = result.Imported + result.Present;
        entry["skipped"] = result.SkippedCount;
        entry["notes"] = result.NoteCount;
        entry["fault"] = result.Fault;
        return evidence.RecordAsync(JournalKinds.Import, entry, cancellation);
    }
}
