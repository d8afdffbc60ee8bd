using System.Text.Json.Nodes;
using TrafficAudit.Evidence;
using TrafficAudit.Geolocation;
using TrafficAudit.Pipeline;
using TrafficAudit.Terminal;

namespace TrafficAudit.Running;

/// <summary>Takes the databases, and the directory of recipients, anew when their files change while a recording runs. One that can't be used is told, and those before it stay in use.</summary>
internal static class GeoDataWatch
{
    /// <param name="folder">The folder of the databases; may be missing.</param>
    /// <param name="sources">Where those in use are kept.</param>
    /// <param name="recording">What uses them.</param>
    /// <param name="lines">The terminal.</param>
    /// <param name="time">The clock.</param>
    public static FolderWatch Start(string folder, DataSources sources, RecordingCase recording, LiveLines lines, TimeProvider time)
    {
        return new FolderWatch(folder, ["*.mmdb", DataSources.RecipientsFile], TakeAsync, lines.Say, time);

        async Task TakeAsync()
        {
            try
            {
                sources.Reload();
                recording.LocateAnew();
                await recording.Evidence.RecordAsync(
                    JournalKinds.DatabasesChanged,
                    new JsonObject { ["databases"] = sources.DescribeDatabases(), ["recipients"] = sources.Recipients.Sha256 },
                    CancellationToken.None);
                lines.Say($"Databases   {string.Join(", ", sources.Databases.Databases.Select(d => d.Name))} from now on; 'analyze' locates the flows before by them");
            }
            catch (GeoDataException e)
            {
                lines.Say($"! {e.Message}; what was there before it stays in use");
            }
        }
    }
}
