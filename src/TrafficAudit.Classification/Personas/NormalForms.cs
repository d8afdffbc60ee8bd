using System.Text.RegularExpressions;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Personas;

/// <summary>Every usual form of a known value, by its kind.</summary>
internal static partial class NormalForms
{
    /// <summary>The forms of <paramref name="value"/>: the value as typed first, each text once.</summary>
    public static IReadOnlyCollection<KnownForm> Of(PersonaValue value)
    {
        var forms = new FormSet();
        var text = value.Value.Trim();
        forms.Add(value.Value);
        forms.Add(text, Transformation.Trimmed);
        switch (value.Item)
        {
            case "phone" or "safe_phone":
                PhoneForms.Add(forms, text);
                break;
            case "email":
                EmailForms.Add(forms, text);
                break;
            case "name":
                NameForms.Add(forms, text);
                break;
            case "postal_address":
                AddressForms.Add(forms, text);
                break;
            case "dob":
                DateForms.Add(forms, text);
                break;
            case "gps_location":
                CoordinateForms.Add(forms, text);
                break;
            default:
                AddIdentifierForms(forms, text);
                break;
        }

        forms.AddNormalizations();
        forms.AddCases();
        return forms.Forms;
    }

    private static void AddIdentifierForms(FormSet forms, string text)
    {
        var spaced = Spaces().Replace(text, " ");
        forms.Add(spaced, Transformation.Spaced);
        var compact = FormSet.WithoutSeparators(text);

        // A value with words in it (a device's name) keeps its blanks; dots belong to versions and names.
        forms.Add(FormSet.WithoutSpaces(text.Replace("-", "", StringComparison.Ordinal)), Transformation.Compact);
        if (compact.All(char.IsAsciiHexDigit))
        {
            forms.Add(compact, Transformation.Compact);
            AddGroups(forms, compact);
        }
    }

    private static void AddGroups(FormSet forms, string compact)
    {
        switch (compact.Length)
        {
            case 15 when compact.All(char.IsAsciiDigit): // an IMEI
                forms.Add(compact[..14], Transformation.WithoutCheckDigit);
                break;
            case 32:
                forms.Add($"{compact[..8]}-{compact[8..12]}-{compact[12..16]}-{compact[16..20]}-{compact[20..]}", Transformation.Hyphenated);
                break;
            case 13 when compact.All(char.IsAsciiDigit): // a resident registration number
                forms.Add($"{compact[..6]}-{compact[6..]}", Transformation.Hyphenated);
                break;
            case 16 when compact.All(char.IsAsciiDigit): // a card number
                var groups = compact.Chunk(4).Select(group => new string(group)).ToList();
                forms.Add(string.Join(' ', groups), Transformation.Spaced);
                forms.Add(string.Join('-', groups), Transformation.Hyphenated);
                break;
            case 12: // a MAC address
                var pairs = compact.Chunk(2).Select(pair => new string(pair)).ToList();
                forms.Add(string.Join(':', pairs), Transformation.Spaced);
                forms.Add(string.Join('-', pairs), Transformation.Hyphenated);
                break;
        }
    }

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
