using System.Text.RegularExpressions;

namespace TrafficAudit.Classification.EndpointRules.Values;

/// <summary>What a value must be: one of some texts, beginning with one of some, or matching a pattern (which never backtracks).</summary>
internal sealed class ValueFilter
{
    private readonly string[] _texts;
    private readonly bool _isStart;
    private readonly Lazy<Regex>? _pattern;

    private ValueFilter(string[] texts, bool isStart, Lazy<Regex>? pattern)
    {
        _texts = texts;
        _isStart = isStart;
        _pattern = pattern;
    }

    /// <summary>Any of these texts.</summary>
    public static ValueFilter Equal(params string[] texts) => new(texts, isStart: false, pattern: null);

    /// <summary>Any text that begins with one of these.</summary>
    public static ValueFilter Start(params string[] texts) => new(texts, isStart: true, pattern: null);

    /// <summary>As it is written: <c>/pattern/</c> or <c>/pattern/i</c>, else the text itself.</summary>
    /// <exception cref="FormatException">The pattern is none.</exception>
    public static ValueFilter Parse(string written)
    {
        var end = written.LastIndexOf('/');
        if (written.Length < 2 || written[0] != '/' || end < 1 || written[(end + 1)..] is not ("" or "i"))
        {
            return Equal(written);
        }

        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (end + 1 < written.Length ? RegexOptions.IgnoreCase : RegexOptions.None);
        return new ValueFilter([], isStart: false, new Lazy<Regex>(() => Compiled(written[1..end], options)));
    }

    /// <summary>A pattern that must hold for the whole of what it is written for.</summary>
    /// <exception cref="FormatException">The pattern is none.</exception>
    public static ValueFilter Pattern(string pattern) => Parse($"/{pattern}/");

    /// <summary>Makes the pattern now, so that a fault in it is told when the rule is read.</summary>
    /// <exception cref="FormatException">The pattern is none.</exception>
    public ValueFilter Checked()
    {
        _ = _pattern?.Value;
        return this;
    }

    /// <summary>Whether <paramref name="text"/> is such.</summary>
    public bool Holds(string text) =>
        _pattern is not null ? _pattern.Value.IsMatch(text)
        : _isStart ? Array.Exists(_texts, start => text.StartsWith(start, StringComparison.Ordinal))
        : Array.IndexOf(_texts, text) >= 0;

    private static Regex Compiled(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options, TimeSpan.FromSeconds(1));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{pattern}' is no pattern that can be matched without backtracking: {e.Message}", e);
        }
    }
}
