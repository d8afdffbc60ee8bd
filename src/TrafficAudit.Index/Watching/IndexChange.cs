using System.Runtime.InteropServices;

namespace TrafficAudit.Index.Watching;

/// <summary>Something that a watcher of the index should know.</summary>
/// <param name="Flow">The number of a flow that was added; null: look at everything again.</param>
/// <param name="Missed">With no <paramref name="Flow"/>: how many changes were not told because the watcher was slow; else 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct IndexChange(long? Flow, int Missed)
{
    /// <summary>A flow was added and can be found.</summary>
    public static IndexChange Added(long flow) => new(flow, 0);

    /// <summary>Look at everything again: the watch begins, changes were missed, or flows were taken out.</summary>
    public static IndexChange Refresh(int missed) => new(null, missed);
}
