using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;

namespace TrafficAudit.Erasing;

/// <summary>The flows that are to be erased, and what they add up to.</summary>
/// <param name="Flows">Their numbers.</param>
/// <param name="First">When the first of them started; null when there is none.</param>
/// <param name="Last">When the last of them started.</param>
/// <param name="Sessions">Their sessions.</param>
/// <param name="BytesSent">Bytes towards servers.</param>
/// <param name="BytesReceived">Bytes from servers.</param>
internal sealed record ErasureChoice(
    IReadOnlySet<long> Flows, DateTimeOffset? First, DateTimeOffset? Last, IReadOnlyCollection<string> Sessions, long BytesSent, long BytesReceived)
{
    /// <summary>Chooses those that the filter lets through, started before <paramref name="before"/>, and are not erased.</summary>
    public static ErasureChoice Of(ICaseIndex index, FlowFilter filter, DateTimeOffset? before)
    {
        var (flows, sessions) = (new HashSet<long>(), new SortedSet<string>(StringComparer.Ordinal));
        DateTimeOffset? first = null, last = null;
        long sent = 0, received = 0;
        foreach (var flow in index.Ascending(filter).Where(f => !f.IsErased && (before is null || f.Time < before)))
        {
            flows.Add(flow.Number);
            first = first < flow.Time ? first : flow.Time;
            last = last > flow.Time ? last : flow.Time;
            sessions.Add(flow.Session ?? "none");
            sent += flow.BytesSent;
            received += flow.BytesReceived;
        }

        return new ErasureChoice(flows, first, last, sessions, sent, received);
    }

    /// <summary>
    /// Whether the journal may tell a filter: not when it looks into paths or content, since they are where people's values stand, nor when a value that the case knows
    /// of somebody stands in it. A digest would not do instead: a short value can be guessed from it.
    /// </summary>
    public static bool MayBeTold(FlowFilter filter, IEnumerable<Persona> personas) =>
        !filter.LooksIntoPaths && !filter.LooksIntoContent
        && !personas.SelectMany(p => p.Values).Any(v => filter.ToString().Contains(v.Value, StringComparison.OrdinalIgnoreCase));
}
