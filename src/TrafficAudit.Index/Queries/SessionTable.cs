using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAudit.Index.Columns;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Queries;

/// <summary>
/// Adds up the flows of each session. Session, device and phase are one number within a segment, so that a flow costs no text comparison.
/// </summary>
internal static class SessionTable
{
    public static IReadOnlyList<SessionExtent> Of(IReadOnlyList<SegmentSnapshot> segments)
    {
        var sessions = new Dictionary<string, SessionGroup>(StringComparer.Ordinal);
        foreach (var segment in segments)
        {
            foreach (var (context, part) in Parts(segment))
            {
                if (segment.Table.Contexts[context] is { Session: { } session } circumstances)
                {
                    ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(sessions, session, out _);
                    (group ??= new SessionGroup(session)).Add(circumstances, part);
                }
            }
        }

        return [.. sessions.Values.Select(s => s.ToExtent()).OrderBy(s => s.First).ThenBy(s => s.Session, StringComparer.Ordinal)];
    }

    private static Dictionary<int, Part> Parts(SegmentSnapshot segment)
    {
        var parts = new Dictionary<int, Part>();
        foreach (var index in segment.Directory.Ascending(long.MinValue, segment.Rows))
        {
            ref readonly var row = ref segment[index];
            ref var part = ref CollectionsMarshal.GetValueRefOrAddDefault(parts, row.Context, out var isKnown);
            (part.First, part.Last) = isKnown ? (Math.Min(part.First, row.Time), Math.Max(part.Last, row.Time)) : (row.Time, row.Time);
            part.Flows++;
            for (var i = row.FindingStart; i < row.FindingStart + row.FindingCount; i++)
            {
                part.Findings += segment.Finding(i).IsCounted ? 1 : 0;
            }
        }

        return parts;
    }

    /// <summary>The flows of one segment that happened under the same circumstances.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Part
    {
        public long Flows;
        public long Findings;
        public long First;
        public long Last;
    }

    private sealed class SessionGroup(string session)
    {
        private readonly Dictionary<string, long> _phases = new(StringComparer.Ordinal);
        private string? _device;
        private long _flows;
        private long _findings;
        private long _first = long.MaxValue;
        private long _last = long.MinValue;

        public void Add(FlowContext circumstances, in Part part)
        {
            _device ??= circumstances.Device;
            _flows += part.Flows;
            _findings += part.Findings;
            _first = Math.Min(_first, part.First);
            _last = Math.Max(_last, part.Last);
            if (circumstances.Phase is { } phase)
            {
                ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_phases, phase, out var isKnown);
                first = isKnown ? Math.Min(first, part.First) : part.First;
            }
        }

        public SessionExtent ToExtent() => new(session, _device, _flows, _findings, Utc(_first), Utc(_last), Phases());

        private ImmutableArray<SessionPhase> Phases() =>
            [.. _phases.OrderBy(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => new SessionPhase(p.Key, Utc(p.Value)))];

        private static DateTimeOffset Utc(long ticks) => new(ticks, TimeSpan.Zero);
    }
}
