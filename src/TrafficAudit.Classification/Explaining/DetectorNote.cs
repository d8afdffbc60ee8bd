using TrafficAudit.Model;

namespace TrafficAudit.Classification.Explaining;

/// <summary>What one detector saw in a field.</summary>
/// <param name="Detector">The detector.</param>
/// <param name="Fired">Whether that makes a finding, or would if no stronger one were there.</param>
/// <param name="Text">A sentence: what it looked for, what it saw, and why that is a finding or none. Holds no personal value.</param>
public sealed record DetectorNote(Detector Detector, bool Fired, string Text);
