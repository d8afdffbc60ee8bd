using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Testing;

namespace TrafficAudit.Geolocation.Tests.Jurisdictions;

public sealed class ProfileTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Profiles => [.. JurisdictionProfile.Embedded];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("kr", "KR", CountryStanding.Domestic)]
    [InlineData("kr", "DE", CountryStanding.Recognised)]
    [InlineData("kr", "NO", CountryStanding.Recognised)]
    [InlineData("kr", "CN", CountryStanding.Other)]
    [InlineData("kr", "GB", CountryStanding.Other)]
    [InlineData("kr", "US", CountryStanding.Other)]
    [InlineData("eu", "FR", CountryStanding.Domestic)]
    [InlineData("eu", "NO", CountryStanding.Domestic)]
    [InlineData("eu", "KR", CountryStanding.Recognised)]
    [InlineData("eu", "BR", CountryStanding.Recognised)]
    [InlineData("eu", "US", CountryStanding.Recognised)]
    [InlineData("eu", "CN", CountryStanding.Other)]
    [InlineData("eu", "HK", CountryStanding.Other)]
    [InlineData("uk", "GB", CountryStanding.Domestic)]
    [InlineData("uk", "IE", CountryStanding.Recognised)]
    [InlineData("uk", "GI", CountryStanding.Recognised)]
    [InlineData("uk", "BR", CountryStanding.Other)]
    [InlineData("jp", "JP", CountryStanding.Domestic)]
    [InlineData("jp", "SE", CountryStanding.Recognised)]
    [InlineData("jp", "KR", CountryStanding.Other)]
    [InlineData("us", "US", CountryStanding.Domestic)]
    [InlineData("us", "CN", CountryStanding.OfConcern)]
    [InlineData("us", "HK", CountryStanding.OfConcern)]
    [InlineData("us", "MO", CountryStanding.OfConcern)]
    [InlineData("us", "TW", CountryStanding.Other)]
    [InlineData("us", "KR", CountryStanding.Other)]
    [InlineData("kr", null, CountryStanding.Unknown)]
    [InlineData("kr", "", CountryStanding.Unknown)]
    [InlineData("eu", "EU", CountryStanding.Unknown)]
    [InlineData("kr", "ZZ", CountryStanding.Unknown)]
    [InlineData("kr", "Korea", CountryStanding.Unknown)]
    public void Country_HasAStanding(string profile, string? country, CountryStanding standing) =>
        Assert.Equal(standing, JurisdictionProfile.Load(folder: null, profile).Judge(country, Today).Standing);

    [Theory]
    [InlineData("kr", "FR", "2025-09-15", CountryStanding.Other)]
    [InlineData("kr", "FR", "2025-09-16", CountryStanding.Recognised)]
    [InlineData("us", "RU", "2025-04-07", CountryStanding.Other)]
    [InlineData("us", "RU", "2025-04-08", CountryStanding.OfConcern)]
    [InlineData("eu", "GB", "2031-12-27", CountryStanding.Recognised)]
    [InlineData("eu", "GB", "2031-12-28", CountryStanding.Other)]
    [InlineData("uk", "KR", "2022-12-18", CountryStanding.Other)]
    [InlineData("uk", "US", "2023-10-12", CountryStanding.Recognised)]
    public void Standing_IsThatOfTheDay(string profile, string country, string day, CountryStanding standing) =>
        Assert.Equal(standing, JurisdictionProfile.Load(folder: null, profile).Judge(country, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).Standing);

    [Fact]
    public void Row_SaysConditionAndWhatIsExcluded()
    {
        var korean = JurisdictionProfile.Load(folder: null, "kr").Judge("DE", Today).Row!;

        Assert.Equal(["rrn", "personal_credit_information"], korean.Excluded);
        Assert.Equal(new DateOnly(2025, 9, 16), korean.From);
        Assert.Contains("Data Privacy Framework", JurisdictionProfile.Load(folder: null, "eu").Judge("US", Today).Row!.Condition, StringComparison.Ordinal);
        Assert.False(JurisdictionProfile.Load(folder: null, "jp").Judge("GB", Today).Row!.IsChecked);
        Assert.Null(JurisdictionProfile.Load(folder: null, "kr").Judge("US", Today).Row);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void EmbeddedProfile_SaysOfEachRowWhereItComesFrom(string id)
    {
        var profile = JurisdictionProfile.Load(folder: null, id);

        Assert.Equal(id, profile.Id);
        Assert.All(
            [.. profile.Home, .. profile.Recognised, .. profile.OfConcern, .. profile.Notice, .. profile.Sensitive],
            row => Assert.True(row.AsOf >= profile.AsOf && (row.IsChecked == (row.Source != "general knowledge") || row.Countries is ["BR"]), row.Text ?? string.Join(' ', row.Countries)));
        Assert.NotEmpty(profile.Notice);
        Assert.NotEmpty(profile.Sensitive);

        // No country in two rows that hold on the same day: which one counts would be chance.
        foreach (var country in profile.Home.Concat(profile.Recognised).Concat(profile.OfConcern).SelectMany(row => row.Countries).GroupBy(code => code, StringComparer.Ordinal))
        {
            Assert.True(country.Count() == 1, country.Key);
        }
    }

    [Fact]
    public void ProfileInTheFolder_ReplacesTheEmbeddedOneOrIsAnother()
    {
        Directory.CreateDirectory(_folder.File("jurisdictions"));
        foreach (var id in new[] { "kr", "ch" })
        {
            File.WriteAllText(_folder.File($"jurisdictions/{id}.yaml"), "name: Ours\nhome:\n  - { countries: [CH], as_of: 2026-01-01, source: us }\n");
            Assert.Equal(CountryStanding.Domestic, JurisdictionProfile.Load(_folder.Path, id).Judge("CH", Today).Standing);
        }

        Assert.Equal(CountryStanding.Domestic, JurisdictionProfile.Load(_folder.Path, "jp").Judge("JP", Today).Standing);
    }

    [Theory]
    [InlineData("xx")]
    [InlineData("")]
    [InlineData("../kr")]
    [InlineData("KR")]
    public void NoSuchProfile_SaysWhichThereAre(string id) =>
        Assert.Contains("kr, eu, uk, jp, us", Assert.Throws<JurisdictionFileException>(() => JurisdictionProfile.Load(_folder.Path, id)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("name: A\nhome:\n  - { countries: [CH], as_of: 2026-01-01, source: a }\nnames: b\n", 4, "unknown key")]
    [InlineData("home:\n  - { countries: [CH], as_of: 2026-01-01, source: a }\n", 1, "\"name\" is missing")]
    [InlineData("name: A\n", 1, "\"home\" is missing")]
    [InlineData("name: A\nhome: [CH]\n", 2, "expected a row")]
    [InlineData("name: A\nhome: CH\n", 2, "must be a list of rows")]
    [InlineData("name: A\nhome:\n  - { as_of: 2026-01-01, source: a }\n", 3, "\"countries\" is missing")]
    [InlineData("name: A\nhome:\n  - { countries: [CH], source: a }\n", 3, "\"as_of\" is missing")]
    [InlineData("name: A\nhome:\n  - { countries: [CH], as_of: 2026-01-01 }\n", 3, "\"source\" is missing")]
    [InlineData("name: A\nhome:\n  - countries:\n      - CH\n      - UK\n", 5, "the United Kingdom is GB")]
    [InlineData("name: A\nhome:\n  - { countries: [ch], as_of: 2026-01-01, source: a }\n", 3, "ISO 3166-1")]
    [InlineData("name: A\nhome:\n  - { countries: CH, as_of: 2026-01-01, source: a }\n", 3, "must be a list")]
    [InlineData("name: A\nhome:\n  - countries: [CH]\n    as_of: 2026-13-01\n    source: a\n", 4, "must be a day")]
    [InlineData("name: A\nhome:\n  - countries: [CH]\n    as_of: 2026-01-01\n    source: a\n    from: soon\n", 6, "must be a day")]
    [InlineData("name: A\nhome:\n  - { countries: [CH], as_of: 2026-01-01, source: a, from: 2026-01-02, to: 2026-01-01 }\n", 3, "before \"from\"")]
    [InlineData("name: A\nhome:\n  - countries: [CH]\n    as_of: 2026-01-01\n    source: a\n    checked: maybe\n", 6, "yes or no")]
    [InlineData("name: A\nnotice:\n  - { rule: r, as_of: 2026-01-01, source: a }\n", 3, "\"text\" is missing")]
    [InlineData("name: A\nname: B\n", 2, "given twice")]
    [InlineData("- a\n", 1, "expected \"name:\"")]
    [InlineData("name: \"A\n", 1, "not valid YAML")]
    [InlineData("name: A\nhome: &a [*a]\n", 2, "expected a row")]
    public void Fault_NamesFileAndLine(string yaml, int line, string what)
    {
        Directory.CreateDirectory(_folder.File("jurisdictions"));
        File.WriteAllText(_folder.File("jurisdictions/kr.yaml"), yaml);

        var error = Assert.Throws<JurisdictionFileException>(() => JurisdictionProfile.Load(_folder.Path, "kr"));

        Assert.StartsWith($"jurisdictions/kr.yaml, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    public void EmptyFile_IsNoProfile(string yaml)
    {
        Directory.CreateDirectory(_folder.File("jurisdictions"));
        File.WriteAllText(_folder.File("jurisdictions/kr.yaml"), yaml);

        Assert.Contains("is empty", Assert.Throws<JurisdictionFileException>(() => JurisdictionProfile.Load(_folder.Path, "kr")).Message, StringComparison.Ordinal);
    }
}
