using System.Text;

namespace TrafficAudit.Classification.Personas;

/// <summary>Gathers the forms of one value. The first way to a form is kept: builders add the shortest first.</summary>
internal sealed class FormSet
{
    private readonly Dictionary<string, KnownForm> _forms = new(StringComparer.Ordinal);

    /// <summary>The forms in the order in which they were added.</summary>
    public IReadOnlyCollection<KnownForm> Forms => _forms.Values;

    /// <summary>Adds a form that was reached by <paramref name="transformations"/>.</summary>
    public KnownForm Add(string text, params ReadOnlySpan<string> transformations) => Add(new KnownForm(text, [.. transformations]));

    /// <summary>Adds a form that is only part of the value.</summary>
    public KnownForm AddPart(string text, params ReadOnlySpan<string> transformations) =>
        Add(new KnownForm(text, [.. transformations], IsPart: true));

    /// <summary>Adds a form made from another one by one more transformation.</summary>
    public KnownForm Derive(KnownForm from, string text, string transformation) =>
        Add(new KnownForm(text, from.Transformations.Add(transformation), from.IsPart));

    /// <summary>Adds, for every form so far, its lower-case and upper-case form: a search ignores case, but a digest does not.</summary>
    public void AddCases()
    {
        foreach (var form in _forms.Values.ToList())
        {
            Derive(form, form.Text.ToLowerInvariant(), Transformation.Lowercase);
            Derive(form, form.Text.ToUpperInvariant(), Transformation.Uppercase);
        }
    }

    /// <summary>Adds, for every form so far, its composed and decomposed Unicode form.</summary>
    public void AddNormalizations()
    {
        foreach (var form in _forms.Values.Where(form => !Ascii.IsValid(form.Text) && IsWellFormed(form.Text)).ToList())
        {
            Derive(form, form.Text.Normalize(NormalizationForm.FormC), Transformation.Nfc);
            Derive(form, form.Text.Normalize(NormalizationForm.FormD), Transformation.Nfd);
        }
    }

    /// <summary>A text in Unicode normalization form C; as it is when it is no well-formed Unicode.</summary>
    public static string Composed(string text) => IsWellFormed(text) ? text.Normalize(NormalizationForm.FormC) : text;

    /// <summary>A text without the characters that people put between groups.</summary>
    public static string WithoutSeparators(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or ':' or '.')));

    /// <summary>A text without white space.</summary>
    public static string WithoutSpaces(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    /// <summary>Its ASCII digits.</summary>
    public static string DigitsOf(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private KnownForm Add(KnownForm form)
    {
        if (form.Text.Length == 0)
        {
            return form;
        }

        _forms.TryAdd(form.Text, form);
        return _forms[form.Text];
    }

    // Normalizing a lone surrogate throws.
    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[used..];
        }

        return true;
    }
}
