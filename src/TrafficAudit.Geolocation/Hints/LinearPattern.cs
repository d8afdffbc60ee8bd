using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>
/// A regular expression that runs in linear time whatever it is given (see <see cref="RegexOptions.NonBacktracking"/>), since those who write headers are not to
/// be trusted. Compiling one takes milliseconds, so those that are known to compile do it at their first use. Thread-safe.
/// </summary>
internal sealed class LinearPattern
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private readonly Lazy<Regex> _regex;

    private LinearPattern(string text)
    {
        Text = text;

        // Reading alone is quick; this one is never run.
        Groups = [.. new Regex(text, Options, Regex.InfiniteMatchTimeout).GetGroupNames().Where(name => name != "0")];
        _regex = new Lazy<Regex>(() => new Regex(text, Options | RegexOptions.NonBacktracking));
    }

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>The names of its groups.</summary>
    public ImmutableArray<string> Groups { get; }

    /// <summary>Null where the text is no expression of this kind.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="isKnown">Whether it is known to compile, so that this can wait.</param>
    public static LinearPattern? Parse(string text, bool isKnown)
    {
        try
        {
            var pattern = new LinearPattern(text);
            if (!isKnown)
            {
                _ = pattern._regex.Value;
            }

            return pattern;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public Match Match(string value) => _regex.Value.Match(value);

    public bool IsMatch(string value) => _regex.Value.IsMatch(value);
}
