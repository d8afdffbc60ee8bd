namespace TrafficAudit.Assessment.Decisions;

/// <summary>A decision in the book: its parts put together, and whether it was taken back. Under the book's lock.</summary>
internal sealed class RecordedDecision(Decision decision)
{
    public Decision Decision { get; private set; } = decision;

    public Decision? UndoneBy { get; set; }

    public DecisionEntry Entry => new(Decision, UndoneBy);

    /// <summary>Another record of the same decision, with more subjects.</summary>
    public void Extend(Decision part) => Decision = Decision with { Subjects = Decision.Subjects.AddRange(part.Subjects) };
}
