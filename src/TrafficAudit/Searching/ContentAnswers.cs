namespace TrafficAudit.Searching;

/// <summary>What one flow's content says to the questions of a filter.</summary>
/// <param name="Answers">Yes or no to each question.</param>
/// <param name="IsWhole">Whether all of the content could be read, as far as that was needed; if not, a no may be wrong.</param>
internal sealed record ContentAnswers(bool[] Answers, bool IsWhole)
{
    public bool IsComplete => Array.TrueForAll(Answers, yes => yes);
}
