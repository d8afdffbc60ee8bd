using System.Globalization;

namespace TrafficAudit.Classification.EndpointRules.Values;

/// <summary>Reads a <see cref="RulePath"/>, and the conditions in it.</summary>
internal ref struct RulePathParser
{
    private const int LongestPath = 1_000;
    private readonly string _text;
    private int _at;

    private RulePathParser(string text) => _text = text;

    private readonly bool IsDone => _at >= _text.Length;

    /// <summary>Reads a path.</summary>
    /// <exception cref="FormatException">It is none; the message says where it goes wrong.</exception>
    public static RulePath Parse(string text) => text.Length <= LongestPath
        ? new RulePath(text, new RulePathParser(text).Steps())
        : throw new FormatException("the path is longer than 1,000 characters");

    private RulePathStep[] Steps()
    {
        var steps = new List<RulePathStep>();
        if (_text is "$" || _text.StartsWith("$.", StringComparison.Ordinal) || _text.StartsWith("$[", StringComparison.Ordinal))
        {
            _at = 1;
        }

        while (!IsDone)
        {
            if (TryTake("[?("))
            {
                steps.Add(new RulePathStep(RulePathStepKind.Filter, Condition: Condition()));
            }
            else if (TryTake("["))
            {
                steps.Add(new RulePathStep(RulePathStepKind.Name, Bracketed()));
            }
            else
            {
                var isDescendant = TryTake("..");
                _ = isDescendant || TryTake(".");
                steps.Add(Named(isDescendant));
            }
        }

        return [.. steps];
    }

    private RulePathStep Named(bool isDescendant)
    {
        var end = _text.AsSpan(_at).IndexOfAny('.', '[');
        var name = end < 0 ? _text[_at..] : _text.Substring(_at, end);
        _at += name.Length;
        return name.Length == 0 ? throw Fault("a name is missing")
            : isDescendant ? new RulePathStep(RulePathStepKind.Descendant, name)
            : name == "*" ? new RulePathStep(RulePathStepKind.All)
            : new RulePathStep(RulePathStepKind.Name, name);
    }

    private string Bracketed()
    {
        var name = !IsDone && _text[_at] is '"' or '\'' ? Quoted() : Until(']');
        return TryTake("]") ? name : throw Fault("] is missing");
    }

    private MemberTest[] Condition()
    {
        var tests = new List<MemberTest>();
        do
        {
            tests.Add(Test());
        }
        while (TryTake("&&"));
        return TryTake(")]") ? [.. tests] : throw Fault(")] is missing");
    }

    private MemberTest Test()
    {
        SkipBlanks();
        var isNegated = TryTake("!");
        var (subject, name) = Subject();
        SkipBlanks();
        ValueFilter filter;
        if (TryTake("===") || TryTake("=="))
        {
            SkipBlanks();
            filter = ValueFilter.Equal(_text[_at..] is ['"' or '\'', ..] ? Quoted() : Digits());
        }
        else if (TryTake(".match("))
        {
            filter = Pattern();
        }
        else
        {
            filter = TryTake(".startsWith(") ? ValueFilter.Start(Quoted()) : throw Fault("==, .match(/…/) or .startsWith('…') is missing");
            _ = TryTake(")") ? true : throw Fault(") is missing");
        }

        SkipBlanks();
        return new MemberTest(subject, name, filter.Checked(), isNegated);
    }

    private (TestSubject Subject, string? Name) Subject()
    {
        if (TryTake("@property"))
        {
            return (TestSubject.Property, null);
        }

        if (TryTake("@parent."))
        {
            return (TestSubject.Parent, Word());
        }

        if (!TryTake("@"))
        {
            throw Fault("a test begins with @");
        }

        if (TryTake("["))
        {
            return (TestSubject.Member, Bracketed());
        }

        return _text[_at..] is ['.', ..] && _text.AsSpan(_at) is var rest && !rest.StartsWith(".match(") && !rest.StartsWith(".startsWith(") && TryTake(".")
            ? (TestSubject.Member, Word())
            : (TestSubject.Member, null);
    }

    private string Word()
    {
        var start = _at;
        while (!IsDone && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-'))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw Fault("a name is missing");
    }

    private string Digits() => Word() is var digits && digits.All(char.IsAsciiDigit) ? digits : throw Fault("a number or a text in quotes is missing");

    private string Quoted()
    {
        var quote = !IsDone && _text[_at] is '"' or '\'' ? _text[_at++] : throw Fault("a quote is missing");
        var text = Until(quote);
        _at++;
        return text;
    }

    private string Until(char mark)
    {
        var end = _text.IndexOf(mark, _at);
        if (end < 0)
        {
            throw Fault($"{mark} is missing");
        }

        var text = _text[_at..end];
        _at = end;
        return text;
    }

    // Up to the slash, flags and bracket that end it: a pattern here holds no such sequence.
    private ValueFilter Pattern()
    {
        foreach (var ending in (ReadOnlySpan<string>)["/)", "/i)"])
        {
            if (_text.IndexOf(ending, _at, StringComparison.Ordinal) is >= 0 and var end && !_text[_at..end].Contains("/i)", StringComparison.Ordinal))
            {
                var written = _text[_at..(end + ending.Length - 1)];
                _at = end + ending.Length;
                return ValueFilter.Parse(written);
            }
        }

        throw Fault("/) is missing");
    }

    private void SkipBlanks()
    {
        while (!IsDone && _text[_at] == ' ')
        {
            _at++;
        }
    }

    private bool TryTake(string token)
    {
        if (!_text.AsSpan(_at).StartsWith(token))
        {
            return false;
        }

        _at += token.Length;
        return true;
    }

    private readonly FormatException Fault(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"'{_text}' is no path: {what} at character {_at + 1}"));
}
