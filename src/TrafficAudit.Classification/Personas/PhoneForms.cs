using PhoneNumbers;

namespace TrafficAudit.Classification.Personas;

/// <summary>
/// The forms of a phone number. A number without + is read as Chinese when it looks like a Chinese mobile number, else as Korean;
/// numbers of other countries are given with + and their country code.
/// </summary>
internal static class PhoneForms
{
    private const int ChineseMobileLength = 11;

    public static void Add(FormSet forms, string text)
    {
        var digits = FormSet.DigitsOf(text);
        forms.Add(digits, text.StartsWith('+') ? [Transformation.E164, Transformation.Digits] : [Transformation.Digits]);
        if (Parse(text, digits) is not { } number)
        {
            return;
        }

        var util = PhoneNumberUtil.GetInstance();
        var e164 = forms.Add(util.Format(number, PhoneNumberFormat.E164), Transformation.E164);
        forms.Derive(e164, e164.Text[1..], Transformation.Digits);
        forms.Derive(e164, "00" + e164.Text[1..], Transformation.DoubleZero);
        var isNational = !text.StartsWith('+') && !text.StartsWith("00", StringComparison.Ordinal);
        AddNational(forms, number, util.Format(number, PhoneNumberFormat.NATIONAL), isNational);
        AddInternational(forms, util.Format(number, PhoneNumberFormat.INTERNATIONAL));
    }

    private static void AddNational(FormSet forms, PhoneNumber number, string printed, bool isNational)
    {
        var digits = FormSet.DigitsOf(printed);
        ReadOnlySpan<string> way = isNational ? [] : [Transformation.National];
        forms.Add(digits, isNational ? [Transformation.Digits] : [Transformation.National]);
        var hyphenated = forms.Add(printed.Replace(' ', '-'), [.. way, Transformation.Hyphenated]);
        forms.Add(hyphenated.Text.Replace('-', ' '), [.. way, Transformation.Spaced]);
        forms.Add(hyphenated.Text.Replace('-', '.'), [.. way, Transformation.Dotted]);
        var significant = PhoneNumberUtil.GetInstance().GetNationalSignificantNumber(number);
        if (significant != digits)
        {
            forms.AddPart(significant, Transformation.WithoutTrunkZero);
            var kept = forms.Add($"+{number.CountryCode}{digits}", Transformation.TrunkZeroKept);
            forms.Derive(kept, kept.Text[1..], Transformation.Digits);
        }
    }

    private static void AddInternational(FormSet forms, string printed)
    {
        var international = forms.Add(printed, Transformation.International);
        forms.Derive(international, printed.Replace(' ', '-'), Transformation.Hyphenated);
        forms.Derive(international, printed.Replace('-', ' '), Transformation.Spaced);
    }

    private static PhoneNumber? Parse(string text, string digits)
    {
        var isChinese = digits.Length == ChineseMobileLength && digits[0] == '1' && digits[1] >= '3';
        try
        {
            return PhoneNumberUtil.GetInstance().Parse(text, isChinese ? "CN" : "KR");
        }
        catch (NumberParseException)
        {
            return null; // no phone number: it is searched for as typed
        }
    }
}
