using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>
/// Imports the WARC files of one archive: each is scanned first, then read.
/// <code>
/// file ─► ArchiveReader ─► ArchivedMessage ─► Revisits ─────► ExchangeWindow ─► ArchivedFlow ─► run
///         (records)        (head and body)   (same bodies)   (two to one)
/// </code>
/// </summary>
/// <param name="run">Takes the flows.</param>
/// <param name="spoolFolder">Where large bodies lie.</param>
internal sealed class ArchiveImport(ImportRun run, string spoolFolder) : IDisposable
{
    private readonly Revisits _revisits = new(spoolFolder);

    /// <summary>Notes what the revisits of a file refer to.</summary>
    /// <param name="content">The file, inflated.</param>
    /// <param name="advance">Called for each record.</param>
    /// <param name="cancellation">Ends the scan.</param>
    public void Scan(Stream content, Action advance, CancellationToken cancellation)
    {
        var reader = new ArchiveReader(content);
        try
        {
            while (reader.Next() is { } record)
            {
                cancellation.ThrowIfCancellationRequested();
                advance();
                if (record.Type == "revisit")
                {
                    _revisits.Want(record);
                }
            }
        }
        catch (ImportBreakException)
        {
            // Reading comes to the same place and says so.
        }
    }

    /// <summary>Hands over the flows of a file.</summary>
    /// <param name="content">The file, inflated.</param>
    /// <param name="file">What stands in front of places: empty, or the file's name in its archive.</param>
    /// <param name="advance">Called for each record.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ImportBreakException">The file breaks off.</exception>
    public async Task ReadAsync(Stream content, string file, Action advance, CancellationToken cancellation)
    {
        var window = new ExchangeWindow();
        ImportBreakException? broken = null;
        try
        {
            var reader = new ArchiveReader(content);
            while (reader.Next() is { } record)
            {
                cancellation.ThrowIfCancellationRequested();
                advance();
                if (Take(record, Place(file, record), cancellation) is { } message && window.Add(message) is { } exchange)
                {
                    await RecordAsync(exchange, file, cancellation);
                }
            }
        }
        catch (ImportBreakException e)
        {
            broken = e;
        }

        while (window.TakeOldest() is { } alone)
        {
            await RecordAsync(alone, file, cancellation);
        }

        if (broken is not null)
        {
            throw new ImportBreakException($"{file}{broken.Message}", broken);
        }
    }

    public void Dispose() => _revisits.Dispose();

    private static string Place(string file, ArchivedRecord record) => $"{file}record {record.Ordinal}";

    /// <summary>The message that a record holds; null when it holds none.</summary>
    private ArchivedMessage? Take(ArchivedRecord record, string place, CancellationToken cancellation)
    {
        try
        {
            switch (record.Type)
            {
                case "request" or "response" when record.IsHttp:
                    var message = ArchivedMessage.Read(record, spoolFolder, cancellation);
                    if (!message.IsRequest)
                    {
                        _revisits.Offer(message, cancellation);
                    }

                    return message;
                case "revisit" when record.IsHttp:
                    return _revisits.Resolve(ArchivedMessage.Read(record, spoolFolder, cancellation), cancellation);
                case "resource" when record.TargetUri.StartsWith("http", StringComparison.OrdinalIgnoreCase):
                    return ArchivedFlow.OfResource(record, spoolFolder, cancellation);
                case "request" or "response" or "revisit" or "resource":
                    run.Skip(place, $"a {record.Type} record that is no HTTP exchange");
                    return null;
                case "continuation":
                    run.Skip(place, "a continuation: records in several segments are imported up to the end of the first");
                    return null;
                default:
                    return null; // warcinfo, metadata, conversion: nothing that went over the network
            }
        }
        catch (UnusableEntryException e)
        {
            run.Skip(place, e.Message);
            return null;
        }
    }

    private async Task RecordAsync((ArchivedMessage? Request, ArchivedMessage? Response) exchange, string file, CancellationToken cancellation)
    {
        var (request, response) = exchange;
        var place = Place(file, (request ?? response)!.Record);
        try
        {
            var flow = ArchivedFlow.Build(request, response);
            await run.RecordAsync(flow, place, cancellation);
            foreach (var note in flow.Metadata.Notes ?? [])
            {
                run.Note(place, ArchiveNotes.Text(note));
            }
        }
        catch (UnusableEntryException e)
        {
            request?.Dispose();
            response?.Dispose();
            run.Skip(place, e.Message);
        }
    }
}
