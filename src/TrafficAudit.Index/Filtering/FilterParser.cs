namespace TrafficAudit.Index.Filtering;

/// <summary>
/// Reads a filter from left to right. What the full language will give a meaning (<c>and</c>, <c>or</c>, <c>not</c>, parentheses) is
/// refused as a bare word, so that no filter changes its meaning when that language comes.
/// </summary>
internal sealed class FilterParser(string text)
{
    /// <summary>The longest filter, in characters.</summary>
    public const int MaximumLength = 4096;

    private static readonly string[] Reserved = ["and", "or", "not"];

    private int _at;

    private bool AtEnd => _at >= text.Length;

    private bool AtBreak => AtEnd || char.IsWhiteSpace(text[_at]);

    public IReadOnlyList<FilterTerm> Terms()
    {
        if (text.Length > MaximumLength)
        {
            throw new FlowFilterException(MaximumLength + 1, $"a filter may be {MaximumLength} characters long");
        }

        var terms = new List<FilterTerm>();
        while (true)
        {
            while (!AtEnd && AtBreak)
            {
                _at++;
            }

            if (AtEnd)
            {
                return terms;
            }

            terms.Add(Term());
        }
    }

    private FilterTerm Term()
    {
        var negated = text[_at] == '-';
        _at += negated ? 1 : 0;
        var start = _at;
        var word = Value(isWord: true);
        if (word.Quoted || AtBreak)
        {
            return Word(negated, word);
        }

        if (text[_at] != ':')
        {
            throw Fault(_at, "a comma may stand between the values of a named term only; put text that holds one in quotes");
        }

        if (!FilterTerms.IsName(word.Text))
        {
            throw Fault(start, $"no such term; {FilterTerms.Allowed}; put text that holds a colon in quotes");
        }

        var values = new List<FilterValue>();
        do
        {
            _at++;
            values.Add(Value(isWord: false));
        }
        while (!AtEnd && text[_at] == ',');

        return FilterTerms.Create(word.Text, negated, values)!;
    }

    private WordTerm Word(bool negated, FilterValue word)
    {
        if (!word.Quoted && Reserved.Contains(word.Text, StringComparer.OrdinalIgnoreCase))
        {
            throw Fault(word.Position - 1, "and, or, not are no terms yet: terms apart by spaces must all hold; put the word in quotes to look for it");
        }

        return new WordTerm(negated, word.Pattern.Anywhere());
    }

    private FilterValue Value(bool isWord)
    {
        var start = _at;
        if (!AtEnd && text[_at] == '"')
        {
            return Quoted();
        }

        while (!AtBreak && text[_at] != ',' && !(isWord && text[_at] == ':'))
        {
            if (text[_at] is '"' or '(' or ')')
            {
                throw Fault(_at, $"a {text[_at]} must not stand here; put text that holds one of ( ) in quotes, quotes around a whole value");
            }

            _at++;
        }

        if (_at == start)
        {
            throw Fault(start, isWord ? $"a word or a term is missing; {FilterTerms.Allowed}" : "a value is missing");
        }

        return new FilterValue(text[start.._at], Quoted: false, start + 1);
    }

    private FilterValue Quoted()
    {
        var start = _at;
        var end = text.IndexOf('"', start + 1);
        if (end < 0)
        {
            throw Fault(start, "the closing quote is missing");
        }

        if (end == start + 1)
        {
            throw Fault(start, "there is nothing between the quotes");
        }

        _at = end + 1;
        if (!AtBreak && text[_at] != ',')
        {
            throw Fault(_at, "after a closing quote comes a space, a comma or the end");
        }

        return new FilterValue(text[(start + 1)..end], Quoted: true, start + 1);
    }

    private static FlowFilterException Fault(int at, string reason) => new(at + 1, reason);
}
