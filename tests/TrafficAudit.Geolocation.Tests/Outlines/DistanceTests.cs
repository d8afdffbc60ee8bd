using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Tests.Outlines;

public sealed class DistanceTests
{
    private static readonly WorldOutlines World = WorldOutlines.Load(null);

    [Theory]
    [InlineData("KR", "37.57,126.98")] // Seoul
    [InlineData("LI", "47.14,9.52")] // Vaduz
    [InlineData("LS", "-29.31,27.48")] // Maseru
    [InlineData("RU", "55.75,37.62")]
    [InlineData("RU", "66.5,-173")] // Chukotka, west of Alaska and east of the antimeridian
    [InlineData("FJ", "-18.14,178.44")]
    [InlineData("FJ", "-16.8,-179.98")] // Taveuni and Vanua Levu lie on the antimeridian
    [InlineData("AQ", "-90,0")]
    [InlineData("AQ", "-85,180")]
    [InlineData("GF", "4.92,-52.31")] // Cayenne
    [InlineData("RE", "-21.1,55.5")]
    [InlineData("SJ", "78.22,15.65")] // Longyearbyen
    [InlineData("XK", "42.66,21.17")] // Prishtina
    [InlineData("CY", "35.3,33.4")] // in the north
    [InlineData("SO", "9.56,44.06")] // Hargeisa
    [InlineData("GI", "36.14,-5.35")]
    [InlineData("TV", "-8.52,179.2")] // Funafuti
    [InlineData("CO", "12.58,-81.7")] // San Andrés
    public void PlaceInACountry_IsAtNoDistance(string country, string place) => Assert.InRange(Distance(country, place), 0, 1);

    [Theory]
    [InlineData("ZA", "-29.6,28.2", 60, 110)] // the middle of Lesotho, which South Africa surrounds
    [InlineData("JP", "35.18,129.08", 58, 68)] // Busan to Tsushima: 62 km
    [InlineData("FR", "51.13,1.31", 31, 39)] // Dover to Cap Gris-Nez: 34 km
    [InlineData("MA", "36.01,-5.61", 10, 20)] // Tarifa to Morocco: 14 km
    [InlineData("US", "66.08,-169.65", 42, 54)] // Cape Dezhnev to Little Diomede: 48 km
    [InlineData("RU", "65.6,-168.09", 30, 90)] // and back, over the antimeridian's side
    [InlineData("CA", "48.99,-109", 0, 2)] // the 49th parallel is no great circle, which would be 95 km off in the middle
    [InlineData("US", "49.01,-109", 0, 2)]
    [InlineData("US", "49.5,-109", 54, 57)]
    [InlineData("AQ", "-54.8,-68.3", 850, 1000)] // Ushuaia to the South Shetlands: some 950 km
    [InlineData("GL", "90,0", 690, 730)] // the pole to Kaffeklubben Island: 713 km
    [InlineData("NL", "12.15,-68.28", 7500, 7900)] // Kralendijk to Zeeland: Bonaire has a code of its own
    [InlineData("FR", "-20.88,55.45", 8250, 8550)] // Saint-Denis on Réunion to Corsica: so has Réunion
    [InlineData("NO", "78.22,15.65", 750, 1000)] // Longyearbyen to the North Cape
    [InlineData("KR", "-34.6,-58.4", 19000, 19600)] // Buenos Aires, nearly the antipode
    public void PlaceOutsideACountry_IsAtTheKnownDistance(string country, string place, double least, double most) =>
        Assert.InRange(Distance(country, place), least, most);

    [Fact]
    public void ShiftedByAWholeTurn_TheDistanceIsTheSame()
    {
        foreach (var country in new[] { "RU", "FJ", "NZ", "AQ", "US", "KI" })
        {
            Assert.Equal(Distance(country, "10,180"), Distance(country, "10,-180"), 6);
        }
    }

    [Theory]
    [InlineData("ZZ")]
    [InlineData("EU")]
    [InlineData("kr")]
    [InlineData("")]
    [InlineData("Siachen Glacier")]
    public void CodeWithoutAnOutline_HasNoDistance(string country) => Assert.Null(World.DistanceKm(country, new(0, 0)));

    [Fact]
    public void EveryCountryOfIso_HasAnOutline() => Assert.Empty(IsoCodes().Except(World.Countries, StringComparer.Ordinal));

    [Fact]
    public void EveryOutline_HasACountrysCode() => Assert.Equal(["XK"], World.Countries.Except(IsoCodes(), StringComparer.Ordinal));

    private static double Distance(string country, string place) => World.DistanceKm(country, GeoPosition.Parse(place)!)!.Value;

    private static IEnumerable<string> IsoCodes() => Enumerable.Range(0, 1000).Select(IsoCountries.FromNumber).OfType<string>();
}
