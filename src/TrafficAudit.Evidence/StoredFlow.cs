using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence;

/// <summary>Where a flow lies: the segment, and the offset of the first of its records.</summary>
/// <param name="Segment">The segment's number, from 1.</param>
/// <param name="Offset">Bytes from the segment's start.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FlowPosition(int Segment, long Offset);

/// <summary>A flow that is on disk.</summary>
/// <param name="Flow">The flow; whoever gets it disposes it.</param>
/// <param name="Position">Where it lies.</param>
/// <param name="End">The offset behind its last record.</param>
public sealed record StoredFlow(FlowRecord Flow, FlowPosition Position, long End);
