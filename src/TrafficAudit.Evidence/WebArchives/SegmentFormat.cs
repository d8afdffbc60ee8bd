using System.Globalization;
using System.Text;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>
/// A segment of another case of this program. Its metadata records say everything of a flow, so that the flow is the same here but for its number.
/// What that case's journal says (sessions, personas, look-ups) is not taken over.
/// </summary>
internal sealed class SegmentFormat : IImportFormat
{
    private const string NamePrefix = "evidence-";
    private const string NameSuffix = ".warc.gz";

    public string Name => "evidence of TrafficAudit";

    public string Extension => NameSuffix;

    public bool Recognises(ReadOnlySpan<byte> start) =>
        GzipMember.LengthsOf(start) is not null
        && Encoding.UTF8.GetString(WarcFormat.Start(start)).Contains($"\r\n{WarcHeaders.Sequence}: ", StringComparison.Ordinal);

    public async Task ReadAsync(ImportSource source, ImportRun run, CancellationToken cancellation)
    {
        var path = source.Path ?? throw new ImportException($"{source.Name} must be a file");
        var own = NumberOf(path);
        CaseFile? SegmentOf(int segment) => (segment == own ? path : Beside(path, segment)) is { } file ? new CaseFile(file) : null;
        void Damaged(FlowPosition at) => run.Note($"byte {at.Offset}", "a record is damaged; the flow it belongs to is left out");
        foreach (var entry in EvidenceReader.ReadSegment(SegmentOf, own, 0, Damaged))
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.Flow is not { } stored)
            {
                continue;
            }

            var place = $"#{stored.Flow.Metadata.Number}";
            if (stored.Flow.Metadata.Erased is not null)
            {
                run.Note(place, "its content was erased in that case; it is left out");
                continue;
            }

            NoteMissingMessages(stored.Flow, place, run);
            await run.RecordAsync(stored.Flow, place, cancellation);
            run.Advance(stored.End, source.Content.Length);
        }
    }

    private static void NoteMissingMessages(FlowRecord flow, string place, ImportRun run)
    {
        if (flow.Messages is { } messages && messages.Read().LongCount() is var found && found < messages.Count)
        {
            run.Note(place, $"{messages.Count - found} of {messages.Count} messages lie in segments that are not beside this file, or are damaged");
        }
    }

    /// <summary>The number that the segment had in its case; its messages are found by it.</summary>
    private static int NumberOf(string path)
    {
        using var reader = new SegmentReader(path);
        foreach (var record in reader.Read())
        {
            var name = record[WarcHeaders.FileName] ?? "";
            return name.StartsWith(NamePrefix, StringComparison.Ordinal) && name.EndsWith(NameSuffix, StringComparison.Ordinal)
                && int.TryParse(name[NamePrefix.Length..^NameSuffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : 0;
        }

        return 0;
    }

    private static string? Beside(string path, int segment)
    {
        var other = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $"{NamePrefix}{segment:00000}{NameSuffix}");
        return File.Exists(other) ? other : null;
    }
}
