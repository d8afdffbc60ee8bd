namespace TrafficAudit.Evidence.Imports;

/// <summary>The file can't be imported at all; the message is one line that says what is wrong, where, and what to do.</summary>
public sealed class ImportException(string message) : Exception(message);
