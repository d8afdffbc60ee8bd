using System.Globalization;

namespace TrafficAudit.Classification.Personas;

/// <summary>The notations of a date of birth.</summary>
internal static class DateForms
{
    private static readonly string[] Readable = ["yyyy-MM-dd", "yyyyMMdd", "yyyy.MM.dd", "yyyy/MM/dd", "yyMMdd", "yyyy년 M월 d일"];

    // Which of the two a file means nobody can tell, but both are looked for.
    private static readonly string[] Ambiguous = ["MM/dd/yyyy", "dd/MM/yyyy"];

    public static void Add(FormSet forms, string text)
    {
        if (DateOnly.TryParseExact(text, Readable, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            foreach (var notation in Readable.Concat(Ambiguous))
            {
                forms.Add(date.ToString(notation, CultureInfo.InvariantCulture), Transformation.DateFormat);
            }
        }
    }
}
