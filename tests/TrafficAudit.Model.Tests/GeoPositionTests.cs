namespace TrafficAudit.Model.Tests;

public sealed class GeoPositionTests
{
    [Theory]
    [InlineData("37.57,126.98", 37.57, 126.98)]
    [InlineData(" -33.9 , 18.4 ", -33.9, 18.4)]
    [InlineData("90,-180", 90, -180)]
    [InlineData("0,0", 0, 0)]
    public void DegreesNorthAndEast_AreAPosition(string text, double latitude, double longitude) =>
        Assert.Equal(new GeoPosition(latitude, longitude), GeoPosition.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("37.57")]
    [InlineData("37.57,")]
    [InlineData("90.1,0")]
    [InlineData("0,180.1")]
    [InlineData("NaN,0")]
    [InlineData("1e400,0")]
    [InlineData("37,57,126,98")]
    [InlineData("37.57N,126.98E")]
    public void AnythingElse_IsNone(string text) => Assert.Null(GeoPosition.Parse(text));

    [Theory]
    [InlineData(37.5665, 126.978, 35.1796, 129.0756, 325)] // Seoul, Busan
    [InlineData(51.5074, -0.1278, 40.7128, -74.006, 5570)] // London, New York
    [InlineData(-18.1416, 178.4419, -13.8333, -171.7667, 1148)] // Suva, Apia: over the antimeridian
    [InlineData(90, 0, -90, 0, 20015)]
    public void Distance_IsTheGreatCircles(double latitude, double longitude, double otherLatitude, double otherLongitude, double km)
    {
        var (one, other) = (new GeoPosition(latitude, longitude), new GeoPosition(otherLatitude, otherLongitude));

        Assert.Equal(km, one.DistanceKm(other), km * 0.01);
        Assert.Equal(one.DistanceKm(other), other.DistanceKm(one), 1e-6);
        Assert.Equal(0, one.DistanceKm(one), 1e-6);
    }

    [Fact]
    public void Text_IsReadAgain() => Assert.Equal(new GeoPosition(-37.5714, 126.9768), GeoPosition.Parse(new GeoPosition(-37.5714, 126.9768).ToString()));
}
