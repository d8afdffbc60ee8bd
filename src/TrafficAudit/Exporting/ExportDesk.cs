using System.Text.Json.Nodes;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Review;
using TrafficAudit.Running;

namespace TrafficAudit.Exporting;

/// <summary>Exports of a case that this process has open, for commands beside it.</summary>
/// <param name="folder">The case.</param>
/// <param name="exporter">Writes them.</param>
/// <param name="journal">Notes each in the case.</param>
internal sealed class ExportDesk(CaseFolder folder, CaseExporter exporter, Func<JsonObject, CancellationToken, Task> journal)
{
    /// <summary>Writes an export, once it is whole, to <paramref name="output"/>.</summary>
    public async Task WriteAsync(ExportRequest request, Stream output, CancellationToken cancellation)
    {
        if (folder.IsEncrypted)
        {
            // It would lie in the open in the case's folder for a while.
            throw new RejectedRequestException($"The case {folder.Info.Name} is encrypted and open here: end this, then export it with its passphrase.");
        }

        PrivateFolder.Create(folder.SpoolFolder);
        var path = Path.Combine(folder.SpoolFolder, $"export-{Guid.NewGuid():N}");
        try
        {
            var outcome = await exporter.WriteAsync(request, path, null, null, cancellation);

            // Opened before the journal is: opening a case to write empties this folder.
            await using var file = File.OpenRead(path);
            await journal(outcome.ToJson(request), cancellation);
            await file.CopyToAsync(output, cancellation);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
