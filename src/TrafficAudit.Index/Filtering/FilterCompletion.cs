namespace TrafficAudit.Index.Filtering;

/// <summary>Says what may stand at a place of a filter that is being typed; the text need not be a whole filter yet. Any thread may use it.</summary>
/// <param name="values">The values that flows have.</param>
public sealed class FilterCompletion(IOccurringValues values)
{
    /// <summary>How many suggestions there are at most.</summary>
    public const int Limit = 50;

    private static readonly string[] Keywords = ["and", "or", "not"];

    // What would end a value, or be read as something else than itself.
    private static readonly char[] Special = [' ', ',', '(', ')', '*'];

    /// <summary>
    /// What may stand there and begins with what is typed: names of terms and the words that join them; after a name, the words of a closed list in its
    /// order, or the values that occur, those of most flows first. Empty where nothing can be said: in numbers, times and bare words.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Where in it the cursor is, from 0 to the text's length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cursor is outside of the text.</exception>
    public IReadOnlyList<FilterSuggestion> At(string text, int position)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, text.Length);
        var word = WordAtCursor.Of(text, position);
        return word.Term is null ? word.Quoted ? [] : Names(word)
            : FilterTerms.Find(word.Term) is { } term ? [.. Values(term, word).Take(Limit).Select(v => v with { Start = word.Start, Length = word.Length })]
            : [];
    }

    private static FilterSuggestion[] Names(in WordAtCursor word)
    {
        var (start, length, typed) = (word.Start, word.Length, word.Typed);
        return [.. FilterTerms.Names.Select(n => $"{n}:").Concat(Keywords)
            .Where(n => n.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(n => new FilterSuggestion(n, start, length, null))];
    }

    private IEnumerable<FilterSuggestion> Values(TermDefinition term, in WordAtCursor word)
    {
        var typed = word.Typed;
        return term.Column is { } column
            ? values.Occurring(column, $"{typed}*", Limit).Select(v => new FilterSuggestion(Written(v.Value), 0, 0, v.Flows))
            : term.Words.Where(w => w.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(w => new FilterSuggestion(w, 0, 0, null));
    }

    /// <summary>A value as it has to stand in a filter. One with a quote can't stand in quotes: <c>*</c> takes the place of what can't stand without.</summary>
    private static string Written(string value) =>
        value.Contains('"') ? string.Concat(value.Select(c => c == '"' || char.IsWhiteSpace(c) || Special.Contains(c) ? '*' : c))
        : value.Any(c => char.IsWhiteSpace(c) || Special.Contains(c)) ? $"\"{value}\""
        : value;
}
