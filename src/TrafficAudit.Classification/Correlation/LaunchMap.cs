using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Correlation;

/// <summary>
/// To which launch of which device a flow belongs, and what there is to compare at all. Flows without a device or a session belong to none. Any thread
/// may use it.
/// </summary>
public sealed class LaunchMap
{
    private readonly Dictionary<Recording, DateTimeOffset> _reinstalls = [];
    private readonly Dictionary<(Recording, bool), int> _numbers = [];
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);

    /// <summary>Makes a map.</summary>
    /// <param name="flows">Every flow of the case, in any order. They are read twice.</param>
    public LaunchMap(IEnumerable<FlowSummary> flows)
    {
        ArgumentNullException.ThrowIfNull(flows);
        foreach (var flow in flows)
        {
            if (Of(flow.Device, flow.Session) is { } recording && SessionFacts.IsReinstall(flow.Phase)
                && (!_reinstalls.TryGetValue(recording, out var known) || flow.Time < known))
            {
                _reinstalls[recording] = flow.Time;
            }
        }

        var launches = new List<Launch>();
        var spoken = new Dictionary<(string Host, string Device), int>();
        foreach (var flow in flows)
        {
            if (Of(flow.Device, flow.Session) is { } recording)
            {
                Add(launches, recording, flow.Time);
                NoteHost(spoken, flow, IndexOf(flow.Device, flow.Session, flow.Time));
            }
        }

        Launches = [.. launches];
        Devices = [.. launches.Select(l => l.Device).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The devices that have flows, in the order of their first.</summary>
    public ImmutableArray<string> Devices { get; }

    /// <summary>How many launches there are.</summary>
    public int Count => Launches.Length;

    /// <summary>Whether any device was recorded more than once, so that something can be seen to stay the same.</summary>
    public bool HasSomethingToCompare => _hosts.Count > 0;

    internal ImmutableArray<Launch> Launches { get; }

    /// <summary>Whether a device spoke to the host in more than one of its launches: what others were told can't be seen to stay the same.</summary>
    public bool IsCompared(string host) => _hosts.Contains(host);

    /// <summary>The launch's place in <see cref="Launches"/>; -1 for none.</summary>
    internal int IndexOf(FlowMetadata flow) => IndexOf(flow.Device, flow.Session, flow.Started);

    private static Recording? Of(string? device, string? session) =>
        string.IsNullOrEmpty(device) || string.IsNullOrEmpty(session) ? null : new Recording(device, session);

    private int IndexOf(string? device, string? session, DateTimeOffset time) =>
        Of(device, session) is { } recording && _numbers.TryGetValue((recording, IsAfterReinstall(recording, time)), out var index) ? index : -1;

    private bool IsAfterReinstall(Recording recording, DateTimeOffset time) => _reinstalls.TryGetValue(recording, out var since) && time >= since;

    private void Add(List<Launch> launches, Recording recording, DateTimeOffset time)
    {
        var isAfter = IsAfterReinstall(recording, time);
        if (!_numbers.TryGetValue((recording, isAfter), out var index))
        {
            _numbers.Add((recording, isAfter), launches.Count);
            launches.Add(new Launch(recording.Device, recording.Session, isAfter, time));
        }
        else if (time < launches[index].First)
        {
            launches[index] = launches[index] with { First = time };
        }
    }

    private void NoteHost(Dictionary<(string Host, string Device), int> spoken, FlowSummary flow, int launch)
    {
        var first = spoken.TryAdd((flow.Host, flow.Device!), launch) ? launch : spoken[(flow.Host, flow.Device!)];
        if (first != launch)
        {
            _hosts.Add(flow.Host);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Recording(string Device, string Session);
}
