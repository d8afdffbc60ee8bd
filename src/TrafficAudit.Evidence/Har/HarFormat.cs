using TrafficAudit.Evidence.Imports;

namespace TrafficAudit.Evidence.Har;

/// <summary>
/// HAR 1.2 files (http://www.softwareishard.com/blog/har-12-spec/) of any size, one entry held at a time.
/// <code>
/// file ─► JsonFeed ─► HarEntryStream ─► HarEntryReader ─► HarFlow ─► run
///         (buffer)    (finds entries)   (JSON to entry)   (entry to flow)
/// </code>
/// </summary>
/// <param name="maxEntryBytes">A longer entry is skipped.</param>
internal sealed class HarFormat(int maxEntryBytes = HarFormat.MaxEntryBytes) : IImportFormat
{
    /// <summary>An entry longer than this (256 MiB) is skipped.</summary>
    public const int MaxEntryBytes = 256 * 1024 * 1024;

    public string Name => "HAR 1.2";

    public string Extension => ".har";

    /// <summary>A JSON object; also UTF-16, so that it can be said what is wrong with it.</summary>
    public bool Recognises(ReadOnlySpan<byte> start)
    {
        if (start is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..])
        {
            return true;
        }

        start = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        return start.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }

    public async Task ReadAsync(ImportSource source, ImportRun run, CancellationToken cancellation)
    {
        var feed = new JsonFeed(source.Content);
        var total = source.Content.CanSeek ? source.Content.Length : 0;
        var entries = new HarEntryStream(feed, maxEntryBytes, async (list, index, json, token) =>
        {
            await TakeAsync(run, list, $"{list}[{index}]", json, token);
            run.Advance(feed.Offset, total);
        });
        try
        {
            await entries.ReadAsync(cancellation);
        }
        catch (HarBreakException exception) when (entries.HasEntries)
        {
            throw new ImportBreakException($"{entries.Place}, {exception.Place}: {exception.Message}", exception);
        }
        catch (HarBreakException exception)
        {
            throw new ImportException(feed.Offset == 0 && exception.Message == HarEntryStream.FileEnds
                ? $"{source.Name} is empty; export it again as HAR 1.2"
                : $"{source.Name} is no HAR: {exception.Message}, {entries.Place}, {exception.Place}; export it again as HAR 1.2");
        }

        if (!entries.HasEntries)
        {
            throw new ImportException($"{source.Name} is JSON but no HAR: it has no array log.entries; export it again as HAR 1.2");
        }
    }

    private async ValueTask TakeAsync(ImportRun run, string list, string place, ReadOnlyMemory<byte>? json, CancellationToken cancellation)
    {
        try
        {
            if (json is null)
            {
                throw new UnusableEntryException($"the entry is larger than {maxEntryBytes} bytes");
            }

            var entry = HarEntryReader.Read(json.Value.Span);
            if (list == HarEntryStream.TlsErrors)
            {
                await run.RecordAsync(HarTlsFailure.Build(entry), place, cancellation);
                return;
            }

            if (OwnHarFlow.Build(entry) is { } own)
            {
                await run.RecordAsync(own, place, cancellation);
                return;
            }

            var flow = new HarFlow(entry);
            await run.RecordAsync(flow.Build(), place, cancellation);
            foreach (var note in flow.Notes)
            {
                run.Note(place, note);
            }
        }
        catch (UnusableEntryException exception)
        {
            run.Skip(place, exception.Message);
        }
    }
}
