using System.Text.RegularExpressions;

namespace TrafficAudit.Classification.Personas;

/// <summary>The forms of a postal address: with other spacing, without its detail, and its street alone.</summary>
internal static partial class AddressForms
{
    public static void Add(FormSet forms, string text)
    {
        var composed = FormSet.Composed(text);
        AddSpacing(forms, forms.Add(Spaces().Replace(composed, " "), Transformation.Spaced));

        var street = KoreanStreet().Match(composed);
        if (street.Success)
        {
            var start = Postcode().Match(composed).Length;
            AddSpacing(forms, forms.Add(Spaces().Replace(composed[start..(street.Index + street.Length)], " "), Transformation.MainPart));
            AddSpacing(forms, forms.Add(Spaces().Replace(street.Value, " "), Transformation.StreetPart));
            var detail = composed[(street.Index + street.Length)..].Trim(' ', ',');
            forms.AddPart(detail, Transformation.Spaced);
            return;
        }

        // Elsewhere the street is what stands before the first comma, if it has a number.
        var comma = composed.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0 && composed[..comma].Any(char.IsAsciiDigit))
        {
            forms.Add(composed[..comma].Trim(), Transformation.StreetPart);
        }
    }

    private static void AddSpacing(FormSet forms, KnownForm form)
    {
        forms.Derive(form, form.Text.Replace(",", "", StringComparison.Ordinal), Transformation.Compact);
        forms.Derive(form, FormSet.WithoutSpaces(form.Text), Transformation.Compact);
        forms.Derive(form, FormSet.WithoutSpaces(form.Text).Replace(",", "", StringComparison.Ordinal), Transformation.Compact);
    }

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^\(?\d{5}\)?[\s,]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Postcode();

    [GeneratedRegex(
        @"(?<![가-힣])([가-힣0-9·]{1,12}(로|길)(\s?\d{1,4}(번|가)?길)?\s*(지하\s*)?|[가-힣0-9]{1,8}(동|리|가)\s+(산\s?)?)\d{1,4}(-\d{1,4})?(번지)?(?!\d|(번|가)?길|동|호|층)",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KoreanStreet();
}
