namespace TrafficAudit.Evidence.Imports;

/// <summary>From here on the file can't be read; what came before is imported.</summary>
/// <param name="what">Where it breaks off, and what is the matter; begins in the middle of a sentence, holds no captured value.</param>
internal sealed class ImportBreakException(string what, Exception? inner = null) : Exception(what, inner);
