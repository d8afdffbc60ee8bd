namespace TrafficAudit.Evidence.Har;

/// <summary>How far an import is.</summary>
/// <param name="BytesRead">Bytes of the file that were read.</param>
/// <param name="TotalBytes">The file's size; null when the stream can't tell.</param>
/// <param name="Imported">Entries that became flows.</param>
/// <param name="Skipped">Entries that did not.</param>
public sealed record ImportProgress(long BytesRead, long? TotalBytes, long Imported, long Skipped);
