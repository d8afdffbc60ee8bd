using TrafficAudit.Model;

namespace TrafficAudit.Index.Filtering;

/// <summary>
/// Which flows to show. A filter is made of terms:
/// <list type="bullet">
/// <item><c>name:value</c> with the names of <see cref="Names"/>; <c>name:a,b</c> means a or b; case does not matter;</item>
/// <item><c>*</c> in a value stands for any run of characters: <c>host:*.temu.com</c>, <c>failure:*</c> (any failure);</item>
/// <item>numbers (<c>status</c>, <c>flow</c>, and in bytes <c>size</c>, <c>sent</c>, <c>received</c>) take bounds, <c>&gt;=400</c>, <c>&gt;1MB</c>, and
/// ranges with both ends within, <c>400..499</c>, <c>12..</c>;</item>
/// <item><c>time:</c> takes dates, times and ranges whose end is not within, in UTC: <c>2026-11-26T14:00..</c>, <c>14:00..14:20</c> of any day;</item>
/// <item><c>address:</c> takes IP addresses and networks (<c>192.0.2.0/24</c>);</item>
/// <item><c>body:</c> looks for a text anywhere in decoded bodies and WebSocket messages, <c>field:</c> for a decoded field whose path ends in a name, with a
/// value or without: <c>body:"010-0000-0000"</c>, <c>field:user.email=*@example.com</c>; these need the evidence (see <see cref="LooksIntoContent"/>);</item>
/// <item>a bare word is looked for in host and path; quotes hold a value with spaces together, and nothing inside them is special.</item>
/// </list>
/// Terms apart by spaces or <c>and</c> must all hold, of those apart by <c>or</c> one; <c>not</c>, or <c>-</c> before a term or a parenthesis, turns
/// round what follows. <c>not</c> binds most, <c>or</c> least.
/// <para>
/// A value that a flow does not have matches nothing: <c>-phase:*</c> gives the flows outside any phase. <c>item:</c>, <c>detector:</c>,
/// <c>state:</c> and <c>confidence:</c> look at findings that count, each at all of the flow's: <c>item:phone state:hashed</c> lets a flow through whose
/// phone number is clear if something else in it is hashed; lists of findings and transfers then show only findings that are both. So do <c>decision:</c>,
/// <c>assigned:</c> and <c>tag:</c>, which look at what reviewers said: of the finding, or, where transfers are listed, of the transfer that it belongs to.
/// </para>
/// Immutable; any thread may use it.
/// </summary>
public sealed class FlowFilter
{
    /// <summary>How many terms may look into content: every flow is searched for each of them.</summary>
    private const int MostQuestions = 8;

    private readonly FilterNode _root;
    private readonly string _text;

    internal FlowFilter(string text, FilterNode root, IJudgements judgements) =>
        (_text, _root, Judgements, Questions) = (text, root, judgements, [.. root.Questions]);

    /// <summary>The filter that lets every flow through.</summary>
    public static FlowFilter None { get; } = new("", AllOf.None, NoJudgements.Instance);

    /// <summary>The names that terms may have; <c>grade</c> is short for <c>country_grade</c>.</summary>
    public static IReadOnlyList<string> Names => FilterTerms.Names;

    /// <summary>Whether it looks into paths, with a bare word or <c>path:</c>: a person's value may stand in it.</summary>
    public bool LooksIntoPaths => _root.LooksIntoPaths;

    /// <summary>Whether it asks of decoded content, so that the index alone can't answer it; the text that is looked for may be a person's.</summary>
    public bool LooksIntoContent => Questions.Count > 0;

    /// <summary>What it asks of decoded content, in the order in which it is written.</summary>
    public IReadOnlyList<ContentQuestion> Questions { get; }

    /// <summary>Whether it says which of a flow's findings are meant, beside which flows.</summary>
    public bool NamesFindings => _root.NamesFindings;

    /// <summary>Lets every flow through that this one lets through for some answers to its questions: the evidence of no other has to be read.</summary>
    public FlowFilter Possible => new(_text, _root.Replace((_, _) => AllOf.None), Judgements);

    /// <summary>Lets the flows through that this one lets through whatever the answers are.</summary>
    public FlowFilter Certain => new(_text, _root.Replace((_, _) => AnyOf.None), Judgements);

    /// <summary>The same filter, for the index alone: with the answers to its questions.</summary>
    /// <param name="flows">For each question the numbers of the flows of which the answer is yes; of all others it is no.</param>
    public FlowFilter WithAnswers(IReadOnlyList<IReadOnlySet<long>> flows)
    {
        ArgumentNullException.ThrowIfNull(flows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(flows.Count, Questions.Count, nameof(flows));
        var answers = Questions.Zip(flows).ToDictionary(p => p.First, p => new FoundTerm(p.Second));
        return new FlowFilter(_text, _root.Replace((question, isNegated) => isNegated ? answers[question].Negate() : answers[question]), Judgements);
    }

    /// <summary>What reviewers decided in the case that it is for.</summary>
    internal IJudgements Judgements { get; }

    /// <summary>Reads a filter; no text at all lets every flow through.</summary>
    /// <param name="text">The text, of at most 4,096 characters.</param>
    /// <param name="context">The case that it is for; null when nothing is known of it.</param>
    /// <exception cref="FlowFilterException">The text is no filter; the message says where and what is allowed.</exception>
    public static FlowFilter Parse(string text, FilterContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        context ??= FilterContext.None;
        var filter = new FlowFilter(text, new FilterParser(text, context).Filter(), context.Judgements);
        return filter.Questions.Count <= MostQuestions
            ? filter
            : throw new FlowFilterException(filter.Questions[MostQuestions].Position, $"a filter may look into content with {MostQuestions} terms");
    }

    /// <summary>Of a flow that it lets through, the findings that a list shows: those that count, and where the filter names items or the like, those alone.</summary>
    public IEnumerable<Finding> Meant(AnalyzedFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var choice = Choose(new AnalyzedFacts(flow), all: false);
        return flow.Findings.Where(f => f.IsCounted && choice.Includes(FindingFacts.Of(flow.Summary.Number, f)));
    }

    /// <summary>The filter as it was written.</summary>
    public override string ToString() => _text;

    internal bool Matches(IFlowFacts flow, bool all) => _root.Holds(flow, all);

    /// <summary>
    /// Which findings are meant of a flow that it lets through: where a filter names items, a list of findings or transfers shows those alone, not
    /// everything else in the same flow.
    /// </summary>
    internal FindingChoice Choose(IFlowFacts flow, bool all) => _root.NamesFindings ? new FindingChoice(_root.Narrow(flow, all)) : FindingChoice.Every;
}
