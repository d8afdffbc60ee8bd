namespace TrafficAudit.Evidence.Imports;

/// <summary>The file that is imported.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Content">Its bytes from the start; a file's stream can seek.</param>
/// <param name="SpoolFolder">Where bodies that are too large for memory lie until they are recorded.</param>
/// <param name="Path">Where it lies; null for a stream that is no file.</param>
internal sealed record ImportSource(string Name, Stream Content, string SpoolFolder, string? Path = null);
