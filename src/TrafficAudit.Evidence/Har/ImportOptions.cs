namespace TrafficAudit.Evidence.Har;

/// <summary>What the imported flows are labelled with, since a file does not know it.</summary>
/// <param name="Session">The recording that the flows belong to; null when none was named.</param>
/// <param name="Phase">The stretch of the session (<c>before_consent</c>); null when none was named.</param>
/// <param name="Device">The device's id; null when none was named.</param>
public sealed record ImportOptions(string? Session = null, string? Phase = null, string? Device = null);
