using System.Globalization;
using System.Text;

namespace TrafficAudit.Review.Pages;

/// <summary>Filters made by the page, in the language of <c>--filter</c>.</summary>
internal static class FilterText
{
    private static readonly char[] Ends = [' ', '\t', '(', ')'];

    /// <summary>What lets through only what both do.</summary>
    public static string And(string filter, string term) =>
        filter.Length == 0 ? term
        : term.Length == 0 ? filter
        : HasAlternatives(filter) ? $"({filter}) {term}"
        : $"{filter} {term}";

    /// <summary>A flow or finding that has one of some values; with none, one that has no value at all.</summary>
    public static string Term(string name, params IEnumerable<string?> values)
    {
        var written = string.Join(',', values.Where(v => !string.IsNullOrEmpty(v)).Select(v => Value(v!)));
        return written.Length == 0 ? $"-{name}:*" : $"{name}:{written}";
    }

    /// <summary>Flows that started in a stretch of time whose ends are whole seconds, the end not within.</summary>
    public static string Time(DateTimeOffset from, DateTimeOffset to) =>
        string.Create(CultureInfo.InvariantCulture, $"time:{from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}..{to.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    // A quoted "or" is taken for one as well; the parentheses do no harm then.
    private static bool HasAlternatives(string filter) =>
        filter.Split(Ends, StringSplitOptions.RemoveEmptyEntries).Contains("or", StringComparer.OrdinalIgnoreCase);

    private static string Value(string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? value
        : value.Contains('"', StringComparison.Ordinal) ? Pattern(value)
        : $"\"{value}\"";

    /// <summary>Nothing can stand for a quote; a star lets a few others through as well, never fewer.</summary>
    private static string Pattern(string value)
    {
        var pattern = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            pattern.Append(char.IsWhiteSpace(c) || c is '"' or '(' or ')' or ',' ? '*' : c);
        }

        return pattern.ToString();
    }
}
