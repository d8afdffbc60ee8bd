using TrafficAudit.Model;

namespace TrafficAudit.Index.Filtering;

/// <summary>
/// Which flows to show. A filter is a row of terms that must all hold, apart by spaces:
/// <list type="bullet">
/// <item><c>name:value</c> with the names of <see cref="Names"/>; <c>name:a,b</c> means a or b; case does not matter;</item>
/// <item><c>*</c> in a value stands for any run of characters: <c>host:*.temu.com</c>, <c>failure:*</c> (any failure);</item>
/// <item><c>status:</c> takes codes and bounds: <c>200,204</c>, <c>&gt;=400</c>, <c>&lt;300</c>;</item>
/// <item>a bare word is looked for in host and path;</item>
/// <item><c>-</c> before a term turns it round; quotes hold a value with spaces together, and nothing inside them is special.</item>
/// </list>
/// A value that a flow does not have matches nothing: <c>-phase:*</c> gives the flows outside any phase. <c>item:</c> and
/// <c>detector:</c> look at findings that count. Immutable; any thread may use it.
/// </summary>
public sealed class FlowFilter
{
    private readonly IReadOnlyList<FilterTerm> _terms;
    private readonly IReadOnlyList<ItemTerm> _items;
    private readonly IReadOnlyList<DetectorTerm> _detectors;
    private readonly string _text;

    internal FlowFilter(string text, IReadOnlyList<FilterTerm> terms)
    {
        _text = text;
        _terms = terms;
        _items = [.. terms.OfType<ItemTerm>().Where(t => !t.Negated)];
        _detectors = [.. terms.OfType<DetectorTerm>().Where(t => !t.Negated)];
    }

    /// <summary>The filter that lets every flow through.</summary>
    public static FlowFilter None { get; } = new("", []);

    /// <summary>The names that terms may have.</summary>
    public static IReadOnlyList<string> Names => FilterTerms.Names;

    /// <summary>Reads a filter; no text at all lets every flow through.</summary>
    /// <exception cref="FlowFilterException">The text is no filter; the message says where and what is allowed.</exception>
    public static FlowFilter Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FlowFilter(text, new FilterParser(text).Terms());
    }

    /// <summary>Whether it looks for words in hosts and paths, where a person's values may stand.</summary>
    public bool HasWords => _terms.Any(t => t is WordTerm);

    /// <summary>Whether a list of findings shows this one: where a filter names items or detectors, those alone.</summary>
    public bool Means(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return MeansItem(finding.Item) && MeansDetector(finding.Detector);
    }

    /// <summary>The filter as it was written.</summary>
    public override string ToString() => _text;

    internal bool Matches(IFlowFacts flow, bool all)
    {
        for (var i = 0; i < _terms.Count; i++)
        {
            if (!_terms[i].Matches(flow, all))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether findings of this item are meant: where a filter names items, a list of findings or transfers shows those alone, not
    /// everything else in the same flows.
    /// </summary>
    internal bool MeansItem(string item) => _items.Count == 0 || _items.Any(t => t.Patterns.Matches(item));

    /// <summary>The same of findings by this detector.</summary>
    internal bool MeansDetector(Detector detector) => _detectors.Count == 0 || _detectors.Any(t => t.Patterns.Matches(Token.Of(detector)));
}
