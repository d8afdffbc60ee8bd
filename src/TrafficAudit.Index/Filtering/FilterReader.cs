namespace TrafficAudit.Index.Filtering;

/// <summary>Takes the characters, words and values of a filter one after the other.</summary>
internal sealed class FilterReader(string text)
{
    private int _at;

    public bool AtEnd => _at >= text.Length;

    /// <summary>Whether a term ends here.</summary>
    public bool AtStop => AtEnd || IsStop(text[_at]);

    /// <summary>The next character; null at the end.</summary>
    public char? Next => AtEnd ? null : text[_at];

    /// <summary>The keyword that stands here; null when there is none.</summary>
    public Keyword? Keyword
    {
        get
        {
            foreach (var keyword in Enum.GetValues<Keyword>())
            {
                var end = _at + Name(keyword).Length;
                if (string.Compare(text, _at, Name(keyword), 0, Name(keyword).Length, StringComparison.OrdinalIgnoreCase) == 0
                    && (end == text.Length || IsStop(text[end]) || text[end] == '('))
                {
                    return keyword;
                }
            }

            return null;
        }
    }

    public static bool IsKeyword(string word) => Enum.GetValues<Keyword>().Any(k => Name(k).Equals(word, StringComparison.OrdinalIgnoreCase));

    public static FlowFilterException Fault(int at, string reason) => new(at + 1, reason);

    public FlowFilterException Fault(string reason) => Fault(_at, reason);

    public void SkipSpace()
    {
        while (!AtEnd && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    /// <summary>Leaves a character out and says where it stands, from 0.</summary>
    public int Skip() => _at++;

    /// <summary>Takes a keyword and the space after it, if it stands here.</summary>
    public bool TryTake(Keyword keyword)
    {
        if (Keyword != keyword)
        {
            return false;
        }

        _at += Name(keyword).Length;
        SkipSpace();
        return true;
    }

    /// <summary>Takes a value; one that may become the name of a term ends at a colon.</summary>
    public FilterValue Value(bool isWord)
    {
        var start = _at;
        if (Next == '"')
        {
            return Quoted();
        }

        while (!AtStop && text[_at] != ',' && !(isWord && text[_at] == ':'))
        {
            if (text[_at] is '"' or '(')
            {
                throw Fault($"a {text[_at]} must not stand here; put text that holds one of ( ) in quotes, quotes around a whole value");
            }

            _at++;
        }

        return _at > start
            ? new FilterValue(text[start.._at], Quoted: false, start + 1)
            : throw Fault(isWord ? $"a word or a term is missing; {FilterTerms.Allowed}" : "a value is missing");
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
        return AtStop || Next == ','
            ? new FilterValue(text[(start + 1)..end], Quoted: true, start + 1)
            : throw Fault("after a closing quote comes a space, a comma, a closing parenthesis or the end");
    }

    private static bool IsStop(char c) => c == ')' || char.IsWhiteSpace(c);

    private static string Name(Keyword keyword) => keyword switch
    {
        Filtering.Keyword.And => "and",
        Filtering.Keyword.Or => "or",
        _ => "not",
    };
}
