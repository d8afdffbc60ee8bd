using TrafficAudit.Model;

namespace TrafficAudit.Capture.Recording;

/// <summary>A relayed connection that is under way.</summary>
/// <param name="Session">What it belongs to.</param>
/// <param name="Metadata">What is known of it from the start.</param>
/// <param name="Opening">That it is under way, recorded once it lasts.</param>
internal sealed record RelayedFlow(RecordingSession Session, FlowMetadata Metadata, Opening Opening);
