namespace TrafficAudit.Index.Filtering;

/// <summary>What may stand at a place of a filter.</summary>
/// <param name="Text">What to write, in quotes where it needs them.</param>
/// <param name="Start">The first character that it replaces, from 0.</param>
/// <param name="Length">How many characters it replaces.</param>
/// <param name="Flows">In how many flows the value occurs; null for names and the words of closed lists.</param>
public sealed record FilterSuggestion(string Text, int Start, int Length, long? Flows);
