namespace TrafficAudit.Evidence.Imports;

/// <summary>How far an import is.</summary>
/// <param name="Share">Of the work, from 0 to 1.</param>
/// <param name="Imported">Flows that were recorded.</param>
/// <param name="Skipped">Entries that did not become flows.</param>
public sealed record ImportProgress(double Share, long Imported, long Skipped);
