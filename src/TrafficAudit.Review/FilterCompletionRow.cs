namespace TrafficAudit.Review;

/// <summary>What may stand at the cursor of a filter that is being typed.</summary>
/// <param name="Text">What to write.</param>
/// <param name="Shown">The same, harmless to look at.</param>
/// <param name="Start">The first character that it replaces, from 0.</param>
/// <param name="Length">How many characters it replaces.</param>
/// <param name="Flows">In how many flows the value occurs; null for names and the words of closed lists.</param>
public sealed record FilterCompletionRow(string Text, string Shown, int Start, int Length, long? Flows);
