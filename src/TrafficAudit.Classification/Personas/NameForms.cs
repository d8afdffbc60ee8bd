namespace TrafficAudit.Classification.Personas;

/// <summary>The forms of a person's name: joined and divided, in both orders, and its parts.</summary>
internal static class NameForms
{
    // Korean family names of two syllables; every other one has one.
    private static readonly string[] LongFamilyNames = ["남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방"];

    public static void Add(FormSet forms, string text)
    {
        var composed = FormSet.Composed(text);
        var words = composed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return;
        }

        if (IsHangul(composed))
        {
            AddKorean(forms, words);
        }
        else if (words.Length > 1)
        {
            AddWords(forms, words);
        }
    }

    private static void AddKorean(FormSet forms, string[] words)
    {
        var joined = string.Concat(words);
        forms.Add(joined, Transformation.Compact);
        if (joined.Length < 2)
        {
            return;
        }

        var cut = words.Length == 2 ? words[0].Length : FamilyNameLength(joined);
        var (family, given) = (joined[..cut], joined[cut..]);
        forms.Add($"{family} {given}", Transformation.Spaced);
        forms.Add($"{given} {family}", Transformation.Reordered, Transformation.Spaced);
        forms.Add($"{given}{family}", Transformation.Reordered);
        forms.AddPart(family, Transformation.FamilyName);
        forms.AddPart(given, Transformation.GivenName);
    }

    private static void AddWords(FormSet forms, string[] words)
    {
        var (first, rest) = (words[0], string.Join(' ', words[1..]));
        forms.Add($"{first} {rest}", Transformation.Spaced);
        forms.Add(string.Concat(words), Transformation.Compact);
        var reordered = forms.Add($"{rest} {first}", Transformation.Reordered);
        forms.Derive(reordered, FormSet.WithoutSpaces(reordered.Text), Transformation.Compact);
        forms.Add($"{rest}, {first}", Transformation.Reordered);

        // Family name first or last: who knows. The last word written first is the other usual order of three words or more.
        if (words.Length > 2)
        {
            forms.Add($"{words[^1]} {string.Join(' ', words[..^1])}", Transformation.Reordered);
            forms.Add($"{words[0]} {words[^1]}", Transformation.NamePart);
        }

        foreach (var word in words)
        {
            forms.AddPart(word, Transformation.NamePart);
        }
    }

    private static int FamilyNameLength(string name) =>
        name.Length > 2 && LongFamilyNames.Any(family => name.StartsWith(family, StringComparison.Ordinal)) ? 2 : 1;

    private static bool IsHangul(string text) => text.All(c => c is >= '가' and <= '힣' || char.IsWhiteSpace(c));
}
