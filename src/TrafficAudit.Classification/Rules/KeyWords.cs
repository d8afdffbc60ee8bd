using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace TrafficAudit.Classification.Rules;

/// <summary>Takes a key apart into path steps and words, as the head of <c>keys.yaml</c> says.</summary>
internal static class KeyWords
{
    /// <summary>The steps of a key (<c>receiver.name</c>, <c>udff[em]</c>), each as its words in lower case. Array indexes are left out.</summary>
    public static List<List<string>> Steps(string key)
    {
        var steps = new List<List<string>>();
        foreach (var range in key.AsSpan().SplitAny('.', '[', ']'))
        {
            var words = Words(key.AsSpan()[range]);
            if (words.Count > 0 && !(words.Count == 1 && words[0].All(char.IsAsciiDigit)))
            {
                steps.Add(words);
            }
        }

        return steps;
    }

    /// <summary>Words written together: the form in which keys are compared.</summary>
    public static string Joined(IEnumerable<string> words) => string.Concat(words);

    /// <summary>The comparable form of a key's name as the pack writes it (<c>phone number</c>).</summary>
    public static string Joined(string name) => Joined(Words(name));

    /// <summary>The comparable forms of several names.</summary>
    public static FrozenSet<string> JoinedSet(IEnumerable<string> names) => names.Select(Joined).ToFrozenSet(StringComparer.Ordinal);

    private static List<string> Words(ReadOnlySpan<char> step)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= step.Length; i++)
        {
            if (i < step.Length && IsWordChar(step[i]) && !IsHump(step, start, i))
            {
                continue;
            }

            Add(words, step[start..i]);
            start = i < step.Length && IsWordChar(step[i]) ? i : i + 1;
        }

        return words;
    }

    private static void Add(List<string> words, ReadOnlySpan<char> word)
    {
        if (!word.IsEmpty)
        {
            var lower = word.ToString().ToLowerInvariant();
            words.Add(Ascii.IsValid(lower) || !IsWellFormed(lower) ? lower : lower.Normalize(NormalizationForm.FormC));
        }
    }

    // Normalizing text with a lone surrogate throws; such a key is no word of ours anyway.
    private static bool IsWellFormed(string text) => !text.Any(char.IsSurrogate);

    private static bool IsWordChar(char c) =>
        char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // aB starts a word at B; ABc starts one at B (IMEINumber).
    private static bool IsHump(ReadOnlySpan<char> step, int start, int i) =>
        i > start && char.IsUpper(step[i])
        && (!char.IsUpper(step[i - 1]) || (i + 1 < step.Length && char.IsLower(step[i + 1]) && char.IsUpper(step[i - 1])));
}
