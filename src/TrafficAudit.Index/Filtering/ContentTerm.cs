namespace TrafficAudit.Index.Filtering;

/// <summary>
/// What decoded messages hold is, or is not, as a question asks. Nobody knows before the evidence was read: the term stands for an unknown until it is
/// replaced by what is known (see <see cref="FlowFilter.Possible"/>, <see cref="FlowFilter.Certain"/>, <see cref="FlowFilter.WithAnswers"/>).
/// </summary>
internal sealed class ContentTerm(ContentQuestion question, bool isNegated = false) : FilterNode
{
    public override IEnumerable<ContentQuestion> Questions => [question];

    public override bool Holds(IFlowFacts flow, bool all) =>
        throw new InvalidOperationException("A filter that looks into content was asked of the index before the evidence was read.");

    // A wrapped term would hide from Replace that the unknown is turned round.
    public override FilterNode Negate() => new ContentTerm(question, !isNegated);

    public override FilterNode Replace(Func<ContentQuestion, bool, FilterNode> replacement) => replacement(question, isNegated);
}
