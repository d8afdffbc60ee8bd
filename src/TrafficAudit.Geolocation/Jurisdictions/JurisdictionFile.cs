using System.Collections.Immutable;
using System.Globalization;
using TrafficAudit.Geolocation.Yaml;

namespace TrafficAudit.Geolocation.Jurisdictions;

/// <summary>
/// Reads <c>jurisdictions/*.yaml</c>: <c>name</c>, and the lists <c>home</c>, <c>recognised</c>, <c>of_concern</c> (rows with <c>countries</c>), <c>notice</c> and
/// <c>sensitive</c> (rows with <c>text</c>).
/// </summary>
internal sealed class JurisdictionFile
{
    private static readonly string[] RowTexts = ["text", "condition", "from", "to", "rule", "as_of", "source", "checked"];
    private static readonly string[] RowLists = ["countries", "excluded"];

    private readonly YamlCursor _yaml;
    private readonly Dictionary<string, ImmutableArray<JurisdictionRow>> _rows = new(StringComparer.Ordinal);

    private JurisdictionFile(YamlCursor yaml)
    {
        _yaml = yaml;
    }

    /// <summary>Reads a profile.</summary>
    /// <exception cref="JurisdictionFileException">The first fault in the file.</exception>
    public static JurisdictionProfile Read(Stream data, string name, string id) =>
        YamlCursor.Read<JurisdictionProfile?>(
            data, name, empty: null, (message, cause) => new JurisdictionFileException(message, cause), yaml => new JurisdictionFile(yaml).ReadProfile(id))
        ?? throw new JurisdictionFileException($"{name} is empty: write a profile, or remove the file so that the built-in one is used");

    private JurisdictionProfile ReadProfile(string id)
    {
        var map = _yaml.ReadMap("expected \"name:\" and the lists of a profile", ["name"], [], new(StringComparer.Ordinal)
        {
            ["home"] = () => ReadRows("home", ofCountries: true),
            ["recognised"] = () => ReadRows("recognised", ofCountries: true),
            ["of_concern"] = () => ReadRows("of_concern", ofCountries: true),
            ["notice"] = () => ReadRows("notice", ofCountries: false),
            ["sensitive"] = () => ReadRows("sensitive", ofCountries: false),
        });
        var home = Rows("home");
        return new JurisdictionProfile
        {
            Id = id,
            Name = map.Required("name"),
            AsOf = home.IsEmpty ? throw _yaml.Fault(map.Line, "\"home\" is missing or empty") : _rows.Values.SelectMany(rows => rows).Min(row => row.AsOf),
            Home = home,
            Recognised = Rows("recognised"),
            OfConcern = Rows("of_concern"),
            Notice = Rows("notice"),
            Sensitive = Rows("sensitive"),
        };

        ImmutableArray<JurisdictionRow> Rows(string list) => _rows.GetValueOrDefault(list, []);
    }

    private void ReadRows(string list, bool ofCountries) => _rows[list] = _yaml.ReadList(
        $"\"{list}\" must be a list of rows, each starting with \"- {(ofCountries ? "countries" : "text")}:\"", () => ReadRow(ofCountries));

    private JurisdictionRow ReadRow(bool ofCountries)
    {
        var map = _yaml.ReadMap("expected a row: its keys, and \"as_of\" and \"source\"", RowTexts, RowLists);
        if (ofCountries ? map.List("countries").IsEmpty : !map.Has("text"))
        {
            throw _yaml.Fault(map.Line, ofCountries ? "\"countries\" is missing or empty" : "\"text\" is missing");
        }

        var countries = ReadCountries(map);
        _ = map.Required("as_of");
        var row = new JurisdictionRow
        {
            Countries = countries,
            Text = map.Text("text"),
            Condition = map.Text("condition"),
            Excluded = [.. map.List("excluded").Select(item => item.Value)],
            From = Day("from"),
            To = Day("to"),
            Rule = map.Text("rule"),
            AsOf = Day("as_of")!.Value,
            Source = map.Required("source"),
            IsChecked = map.Read<bool?>("checked", text => text switch { "yes" => true, "no" => false, _ => null }, "yes or no") ?? true,
        };
        return row.From > row.To ? throw _yaml.Fault(map.Line, "\"to\" is before \"from\"") : row;

        DateOnly? Day(string key) => map.Read<DateOnly?>(
            key, text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null, "a day: 2026-01-31");
    }

    private ImmutableArray<string> ReadCountries(YamlMap map)
    {
        foreach (var scalar in map.List("countries"))
        {
            if (!IsoCountries.Has(scalar.Value))
            {
                throw _yaml.Fault(scalar.Start.Line, $"{(scalar.Value == "UK" ? "the United Kingdom is GB; " : "")}a country must be a code of ISO 3166-1, in capitals");
            }
        }

        return [.. map.List("countries").Select(scalar => scalar.Value)];
    }
}
