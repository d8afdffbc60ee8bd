namespace TrafficAudit.Index.Filtering;

/// <summary>A part of a filter: terms, and what joins them.</summary>
internal abstract class FilterNode
{
    /// <summary>Whether it looks at paths, where a person's values may stand.</summary>
    public virtual bool LooksIntoPaths => false;

    /// <summary>Whether it says which findings are meant (see <see cref="MeaningOf"/>).</summary>
    public virtual bool NamesFindings => false;

    /// <summary>What it asks of decoded content (see <see cref="ContentTerm"/>).</summary>
    public virtual IEnumerable<ContentQuestion> Questions => [];

    /// <summary>Whether it lets a flow through; findings by pattern alone are looked at only with <paramref name="all"/>.</summary>
    public abstract bool Holds(IFlowFacts flow, bool all);

    /// <summary>Its opposite, with the negation moved to the terms.</summary>
    public virtual FilterNode Negate() => new Negation(this);

    /// <summary>The same with something else in the place of what asks of content.</summary>
    /// <param name="replacement">Gives it for a question, and whether that is turned round.</param>
    public virtual FilterNode Replace(Func<ContentQuestion, bool, FilterNode> replacement) => this;

    /// <summary>What it says of the findings of a flow that it lets through: alternatives that do not hold are left out, and so is what says nothing.</summary>
    public virtual FilterNode Narrow(IFlowFacts flow, bool all) => AllOf.None;

    /// <summary>What it says of one finding.</summary>
    public virtual FindingMeaning MeaningOf(in FindingFacts finding) => default;
}
