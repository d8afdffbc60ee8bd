using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrafficAudit.Geolocation.Jurisdictions;

namespace TrafficAudit.Results;

/// <summary>A jurisdiction's profile as text: every row with its day and source, so that none is taken for more than it is.</summary>
internal static class JurisdictionText
{
    public static string Of(JurisdictionProfile profile)
    {
        var text = new StringBuilder();
        Append("domestic", profile.Home);
        Append("recognised", profile.Recognised);
        Append("of_concern", profile.OfConcern);
        Append("to be told", profile.Notice);
        Append("sensitive", profile.Sensitive);
        return text.ToString().TrimEnd();

        void Append(string title, ImmutableArray<JurisdictionRow> rows)
        {
            foreach (var row in rows)
            {
                text.Append(title).Append("  ").Append(row.Text ?? string.Join(' ', row.Countries)).AppendLine(Of(row));
            }
        }
    }

    /// <summary>What stands behind a row, each on a line of its own.</summary>
    public static string Of(JurisdictionRow row)
    {
        var text = new StringBuilder();
        Line("condition", row.Condition);
        Line("not for", row.Excluded.IsEmpty ? null : string.Join(", ", row.Excluded));
        Line("from", Day(row.From));
        Line("to", Day(row.To));
        Line("rule", row.Rule);
        Line("source", $"{row.Source} (as of {Day(row.AsOf)})");
        Line("", row.IsChecked ? null : "not checked: look it up before relying on it");
        return text.ToString();

        void Line(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n    {name,-9}  {value}");
            }
        }
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
