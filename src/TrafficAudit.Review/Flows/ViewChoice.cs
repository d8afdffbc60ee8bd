using System.Runtime.InteropServices;

namespace TrafficAudit.Review.Flows;

/// <summary>What of a flow is looked at.</summary>
/// <param name="Address">What the page's address says.</param>
/// <param name="IsRevealed">Whether values stand there as they are, which the address never says.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ViewChoice(FlowAddress Address, bool IsRevealed);
