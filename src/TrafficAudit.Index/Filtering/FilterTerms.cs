using TrafficAudit.Model;

namespace TrafficAudit.Index.Filtering;

/// <summary>One of the values of a term, and where it stands.</summary>
/// <param name="Text">The value without its quotes.</param>
/// <param name="Quoted">Whether quotes were around it.</param>
/// <param name="Position">Its first character, from 1.</param>
internal readonly record struct FilterValue(string Text, bool Quoted, int Position)
{
    public TextPattern Pattern => Quoted ? TextPattern.Literal(Text) : TextPattern.Wildcard(Text);
}

/// <summary>The terms that have names.</summary>
internal static class FilterTerms
{
    private static readonly Dictionary<string, Func<bool, IReadOnlyList<FilterValue>, FilterTerm>> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["carrier"] = Of(f => f.Carrier),
        ["cloaks"] = Of(f => f.Cloaks),
        ["country"] = Of(f => f.Country),
        ["detector"] = (negated, values) => new DetectorTerm(negated, Words(values, Token.All<Detector>())),
        ["device"] = Of(f => f.Device),
        ["failure"] = Of(f => f.Failure is { } failure ? Token.Of(failure) : null, Token.All<FlowFailure>()),
        ["grade"] = Of(f => Token.Of(f.Grade), Token.All<CountryGrade>()),
        ["group_country"] = Of(f => f.GroupCountry),
        ["host"] = Of(f => f.Host),
        ["item"] = (negated, values) => new ItemTerm(negated, Patterns(values)),
        ["kind"] = Of(f => Token.Of(f.Kind), Token.All<FlowKind>()),
        ["method"] = Of(f => f.Method),
        ["phase"] = Of(f => f.Phase),
        ["recipient"] = Of(f => f.Recipient),
        ["recipient_country"] = Of(f => f.RecipientCountry),
        ["session"] = Of(f => f.Session),
        ["status"] = (negated, values) => new StatusTerm(negated, [.. values.Select(Status)]),
    };

    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)];

    public static string Allowed { get; } = $"the names are {string.Join(", ", Names)}";

    /// <summary>Makes the term of a name; null when there is no such name.</summary>
    /// <exception cref="FlowFilterException">A value is not one that the term takes.</exception>
    public static FilterTerm? Create(string name, bool negated, IReadOnlyList<FilterValue> values) =>
        Known.TryGetValue(name, out var create) ? create(negated, values) : null;

    public static bool IsName(string name) => Known.ContainsKey(name);

    private static Func<bool, IReadOnlyList<FilterValue>, FilterTerm> Of(Func<IFlowFacts, string?> text, IReadOnlyList<string>? tokens = null) =>
        (negated, values) => new TextTerm(negated, text, tokens is null ? Patterns(values) : Words(values, tokens));

    /// <summary>Words of a closed list: a misspelt one would silently match nothing.</summary>
    private static TextPatterns Words(IReadOnlyList<FilterValue> values, IReadOnlyList<string> tokens)
    {
        foreach (var value in values)
        {
            if (!tokens.Any(t => value.Pattern.Matches(t)))
            {
                throw new FlowFilterException(value.Position, $"no such word; allowed are {string.Join(", ", tokens)}");
            }
        }

        return Patterns(values);
    }

    private static TextPatterns Patterns(IReadOnlyList<FilterValue> values) => new([.. values.Select(v => v.Pattern)]);

    private static StatusRange Status(FilterValue value)
    {
        var text = value.Text;
        var digits = text.TrimStart('<', '>', '=');
        var bound = text[..^digits.Length];
        if (text == "*")
        {
            return new StatusRange(int.MinValue, int.MaxValue);
        }

        if (digits.Length == 3 && digits.All(char.IsAsciiDigit))
        {
            var code = int.Parse(digits);
            switch (bound)
            {
                case "" or "=":
                    return new StatusRange(code, code);
                case ">":
                    return new StatusRange(code + 1, int.MaxValue);
                case ">=":
                    return new StatusRange(code, int.MaxValue);
                case "<":
                    return new StatusRange(int.MinValue, code - 1);
                case "<=":
                    return new StatusRange(int.MinValue, code);
                default:
                    break;
            }
        }

        throw new FlowFilterException(value.Position, "allowed are a status code of three digits, one after <, <=, > or >=, and *");
    }
}
