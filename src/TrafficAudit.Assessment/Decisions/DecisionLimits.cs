namespace TrafficAudit.Assessment.Decisions;

/// <summary>Bounds of decisions, for those that are made and for those that a journal holds.</summary>
public static class DecisionLimits
{
    /// <summary>Subjects in one journal record; a decision on more is several records of one id.</summary>
    public const int SubjectsInRecord = 1_000;

    /// <summary>Subjects of one decision.</summary>
    public const int SubjectsOfDecision = 100_000;

    /// <summary>Decisions on one subject: replaying it after an undo costs as many steps.</summary>
    public const int DecisionsOnSubject = 1_000;

    /// <summary>Decisions of a case, and subjects over all of them.</summary>
    public const int OfCase = 2_000_000;

    /// <summary>Characters of a comment.</summary>
    public const int Comment = 4_000;

    /// <summary>Characters of a name, a tag, a reason in own words.</summary>
    public const int Label = 200;

    /// <summary>Tags in one decision, and on one subject.</summary>
    public const int Tags = 20;

    /// <summary>Characters of a path, a recipient or another text that names a subject.</summary>
    public const int Name = 16_384;
}
