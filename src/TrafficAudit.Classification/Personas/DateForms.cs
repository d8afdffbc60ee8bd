using System.Globalization;

namespace TrafficAudit.Classification.Personas;

/// <summary>The notations of a date of birth.</summary>
internal static class DateForms
{
    private static readonly string[] Notations = ["yyyy-MM-dd", "yyyyMMdd", "yyyy.MM.dd", "yyyy/MM/dd", "yyMMdd", "yyyy년 M월 d일", "MM/dd/yyyy", "dd/MM/yyyy"];

    public static void Add(FormSet forms, string text)
    {
        if (DateOnly.TryParseExact(text, Notations[..^2], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            foreach (var notation in Notations)
            {
                forms.Add(date.ToString(notation, CultureInfo.InvariantCulture), Transformation.DateFormat);
            }
        }
    }
}
