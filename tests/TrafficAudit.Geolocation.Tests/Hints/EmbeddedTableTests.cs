using TrafficAudit.Geolocation.Hints;

namespace TrafficAudit.Geolocation.Tests.Hints;

/// <summary>What is asked of every row that comes with the program.</summary>
public sealed class EmbeddedTableTests
{
    private static readonly EdgeHeaders Headers = EdgeHeaders.Load(folder: null);
    private static readonly HostNameRegions Names = HostNameRegions.Load(folder: null);
    private static readonly CarrierNetworks Networks = CarrierNetworks.Load(folder: null);

    [Fact]
    public void EveryRow_HasItsSourceAndDay()
    {
        Provenance[] rows =
        [
            .. Headers.Forms.Select(form => form.Provenance), .. Names.Regions.Providers.Select(provider => provider.Provenance),
            .. Networks.Entries.Select(entry => entry.Provenance),
        ];

        Assert.True(rows.Length > 150, $"{rows.Length} rows");
        Assert.All(rows, row => Assert.True(row.Source.Length > 10 && row.AsOf >= new DateOnly(2026, 1, 1), row.Source));
    }

    [Fact]
    public void EveryProvider_HasPlacesAndHosts() => Assert.All(Names.Regions.Providers, provider =>
    {
        Assert.NotEmpty(provider.Hosts);
        Assert.True(provider.Regions.Count > 0 || provider.Hosts.All(form => form.Code != PlaceCode.Region), provider.Name);
        Assert.All(provider.Regions.Values, place => Assert.True(Place.IsCountry(place.Country)));
    });

    [Fact]
    public void EveryRegion_IsFoundInAHostOfItsProvider()
    {
        foreach (var provider in Names.Regions.Providers)
        {
            foreach (var (code, place) in provider.Regions)
            {
                Assert.All(
                    provider.Hosts.Where(form => form.Code == PlaceCode.Region),
                    form => Assert.Equal(new NameHint(code, provider.Name, place), Names.Read(Example(form, code))[0]));
            }
        }
    }

    private static string Example(HostForm form, string code) =>
        form.Text.Replace("{region}", code, StringComparison.Ordinal).Replace("*", "a", StringComparison.Ordinal);

    [Fact]
    public void Airports_AreThoseOfTheWorldAndOfItsCities()
    {
        var airports = Airports.Load(folder: null);

        Assert.All(
            new[] { "ICN=KR", "SEL=KR", "TYO=JP", "LON=GB", "NYC=US", "PAR=FR", "OSA=JP", "MOW=RU", "BJS=CN", "SAO=BR", "BUE=AR", "MIL=IT", "ROM=IT", "STO=SE", "CHI=US", "WAS=US", "TPE=TW", "HKG=HK", "BSL=CH", "PRN=XK" },
            pair => Assert.Equal(pair[4..], airports.Find(pair[..3])?.Country));
        Assert.Null(airports.Find("QQQ"));
        Assert.Null(airports.Find(""));
    }

    [Fact]
    public void EveryHeadersNetwork_IsCalledAsInTheTableOfNetworks() =>
        Assert.All(Headers.Forms, form => Assert.True(form.Network is null || Networks.KindOf(form.Network) is not null, form.Network));

    [Fact]
    public void EveryPattern_Compiles() => Assert.All(
        Headers.Forms.SelectMany(form => new[] { form.Pattern, form.Base64, form.Beside?.Pattern }).OfType<LinearPattern>(),
        pattern => Assert.NotNull(LinearPattern.Parse(pattern.Text, isKnown: false)));

    [Fact]
    public void NoTwoFormsOfAHeader_AreTheSame() =>
        Assert.All(Headers.Forms.GroupBy(form => (form.Header, Pattern: form.Pattern.Text)), rows => Assert.Single(rows));
}
