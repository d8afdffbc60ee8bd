namespace TrafficAudit.Index.Filtering;

/// <summary>
/// Reads a filter from left to right, by the grammar (a space is one or more of white space; <c>and</c>, <c>or</c>, <c>not</c> in any case):
/// <code>
/// any    = all *( "or" all )
/// all    = part *( [ "and" ] part )
/// part   = *"not" [ "-" ] ( "(" any ")" / term )
/// </code>
/// </summary>
internal sealed class FilterParser(string text, FilterContext context)
{
    /// <summary>The longest filter, in characters.</summary>
    public const int MaximumLength = 4096;

    /// <summary>How deep parentheses may stand in each other.</summary>
    public const int MaximumDepth = 64;

    private readonly FilterReader _reader = new(text);
    private int _depth;

    public FilterNode Filter()
    {
        if (text.Length > MaximumLength)
        {
            throw new FlowFilterException(MaximumLength + 1, $"a filter may be {MaximumLength} characters long");
        }

        _reader.SkipSpace();
        if (_reader.AtEnd)
        {
            return AllOf.None;
        }

        var filter = Any();
        return _reader.AtEnd ? filter : throw _reader.Fault("this ) closes nothing; put text that holds one in quotes");
    }

    private FilterNode Any()
    {
        var alternatives = new List<FilterNode> { All() };
        while (_reader.TryTake(Keyword.Or))
        {
            alternatives.Add(All());
        }

        return AnyOf.Of(alternatives);
    }

    private FilterNode All()
    {
        var parts = new List<FilterNode> { Part() };
        while (!_reader.AtEnd && _reader.Next != ')' && _reader.Keyword != Keyword.Or)
        {
            _reader.TryTake(Keyword.And);
            parts.Add(Part());
        }

        return AllOf.Of(parts);
    }

    private FilterNode Part()
    {
        var negated = false;
        while (_reader.TryTake(Keyword.Not))
        {
            negated = !negated;
        }

        if (_reader.Keyword is not null)
        {
            throw _reader.Fault("a term is missing before this word; put the word in quotes to look for it");
        }

        if (_reader.Next == '-')
        {
            negated = !negated;
            _reader.Skip();
        }

        var part = _reader.Next == '(' ? Group() : Term();
        _reader.SkipSpace();
        return negated ? part.Negate() : part;
    }

    private FilterNode Group()
    {
        if (++_depth > MaximumDepth)
        {
            throw _reader.Fault($"parentheses may stand {MaximumDepth} deep in each other");
        }

        var start = _reader.Skip();
        _reader.SkipSpace();
        var group = Any();
        if (_reader.AtEnd)
        {
            throw new FlowFilterException(start + 1, "the parenthesis that closes this one is missing");
        }

        _reader.Skip();
        _depth--;
        return _reader.AtStop ? group : throw _reader.Fault("after a closing parenthesis comes a space, another one or the end");
    }

    private FilterNode Term()
    {
        var word = _reader.Value(isWord: true);
        if (word.Quoted || _reader.AtStop)
        {
            return !word.Quoted && FilterReader.IsKeyword(word.Text)
                ? throw new FlowFilterException(word.Position, "after - comes a term or a parenthesis; put the word in quotes to look for it")
                : new WordTerm(word.Pattern.Anywhere());
        }

        if (_reader.Next != ':')
        {
            throw _reader.Fault("a comma may stand between the values of a named term only; put text that holds one in quotes");
        }

        var definition = FilterTerms.Find(word.Text)
            ?? throw new FlowFilterException(word.Position, $"no such term; {FilterTerms.Allowed}; put text that holds a colon in quotes");
        var values = new List<FilterValue>();
        do
        {
            _reader.Skip();
            values.Add(_reader.Value(isWord: false));
        }
        while (_reader.Next == ',');

        return definition.Create(values, context);
    }
}
