using System.Text.Json.Nodes;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Evidence;
using TrafficAudit.Pipeline;
using TrafficAudit.Terminal;

namespace TrafficAudit.Running;

/// <summary>Takes a lab's own packs of rules anew when they change while a recording runs. Packs with a fault are told, and those before them stay in use.</summary>
internal static class RuleWatch
{
    /// <param name="folder">The folder of the packs; may be missing.</param>
    /// <param name="sources">Where the rules in use are kept.</param>
    /// <param name="recording">What uses them.</param>
    /// <param name="lines">The terminal.</param>
    /// <param name="time">The clock.</param>
    public static FolderWatch Start(string folder, DataSources sources, RecordingCase recording, LiveLines lines, TimeProvider time)
    {
        return new FolderWatch(folder, ["*.yaml"], TakeAsync, lines.Say, time);

        async Task TakeAsync()
        {
            try
            {
                var rules = RuleSet.Load(folder);
                sources.Rules = rules;
                recording.Use(rules);
                await recording.Evidence.RecordAsync(JournalKinds.RulesChanged, new JsonObject { ["rules"] = rules.Version }, CancellationToken.None);
                lines.Say($"Rules       {rules.Describe().Count} from now on; 'analyze' judges the flows before by them");
            }
            catch (RulePackException e)
            {
                lines.Say($"! {e.Message}; the rules before it stay in use");
            }
        }
    }
}
