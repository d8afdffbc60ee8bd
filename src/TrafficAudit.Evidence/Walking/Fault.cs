namespace TrafficAudit.Evidence.Walking;

/// <summary>Something that is not as it was recorded or sealed.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="File">The file, by its path within the case.</param>
/// <param name="Offset">Where in the file, in bytes; null for the whole file.</param>
/// <param name="Record">The record, by its id where that is known (<c>&lt;urn:uuid:…&gt; response, flow 12</c>); null for none. It may hold anything.</param>
/// <param name="Detail">One sentence for people.</param>
public sealed record Fault(FaultKind Kind, string File, long? Offset, string? Record, string Detail);
