namespace TrafficAudit.Evidence.Imports;

/// <summary>How a file is imported.</summary>
/// <param name="Phase">The phase that the flows belong to (<c>before_consent</c>); null for what the file says, which is mostly nothing.</param>
/// <param name="KeepOriginal">Whether the file itself is copied into the case.</param>
public sealed record ImportOptions(string? Phase = null, bool KeepOriginal = false);
