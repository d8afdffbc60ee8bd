using System.Collections.Frozen;
using TrafficAudit.Classification.Packs;
using TrafficAudit.Classification.Taxonomy;

namespace TrafficAudit.Classification.Rules;

/// <summary>Values that stand for "nothing".</summary>
internal sealed class Placeholders
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly FrozenDictionary<string, FrozenSet<string>> _zeroed;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _answers;
    private readonly int _longest;

    private Placeholders()
    {
        var pack = EmbeddedYaml.Read("Rules/placeholders.yaml");
        var words = pack.Words("words");
        _longest = words.Max(word => word.Length);
        _words = words.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _answers = pack.Words("answers").ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _zeroed = pack.Mappings("zeroed")
            .SelectMany(entry => entry.Words("items").Select(item => (Item: item, Values: entry.Words("values"))))
            .ToFrozenDictionary(entry => entry.Item, entry => entry.Values.ToFrozenSet(StringComparer.OrdinalIgnoreCase), StringComparer.Ordinal);
    }

    /// <summary>The placeholders that are embedded.</summary>
    public static Placeholders BuiltIn { get; } = new();

    /// <summary>
    /// Whether the trimmed <paramref name="value"/> is a placeholder, or a macro that nobody filled in (<c>${GAID}</c>, <c>[EMAIL]</c>).
    /// </summary>
    public bool Contains(ReadOnlySpan<char> value) =>
        (value.Length <= _longest && _words.Contains(value)) || IsMacro(value) || IsOneCharacter(value);

    /// <summary>The same for a device's state, of which <c>0</c> and <c>false</c> are values.</summary>
    public bool IsNothing(ReadOnlySpan<char> value) => (value.Length <= _longest && _words.Contains(value) && !_answers.Contains(value)) || IsMacro(value);

    /// <summary>
    /// Whether it is a placeholder where <paramref name="item"/> is asked for: <c>0</c> and <c>false</c> say something of a phone's state and of what was
    /// done, and nothing of who somebody is.
    /// </summary>
    public bool IsFor(string item, ReadOnlySpan<char> value) => ItemTaxonomy.Find(item) is { Group: "device_state" or "behaviour" } or { Group: "network", IsWeak: true }
        ? IsNothing(value)
        : Contains(value);

    /// <summary>Whether it says that <paramref name="item"/> was asked for but is not available.</summary>
    public bool IsZeroed(string item, ReadOnlySpan<char> value) =>
        _zeroed.TryGetValue(item, out var values) && values.GetAlternateLookup<ReadOnlySpan<char>>().Contains(value);

    private static bool IsMacro(ReadOnlySpan<char> value) =>
        value.Length >= 3 && ((value[^1] == '}' && (value[0] == '{' || value.StartsWith("${"))) || (value[0] == '[' && value[^1] == ']')
            || (value.StartsWith("__") && value.EndsWith("__")) || (value.StartsWith("%%") && value.EndsWith("%%")));

    // **** or 0000 or xxxx
    private static bool IsOneCharacter(ReadOnlySpan<char> value) => value.Length > 1 && !value.ContainsAnyExcept(value[0]);
}
