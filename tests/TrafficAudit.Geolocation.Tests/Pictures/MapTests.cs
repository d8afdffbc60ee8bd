using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TrafficAudit.Geolocation.Pictures;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Tests.Pictures;

public sealed partial class MapTests
{
    private static readonly GeoPosition[] Labs =
        [Some.Seoul, new(50.85, 4.35), new(-23.55, -46.63), new(-41.29, 174.78), new(-17.8, -179.9), new(64.5, -165.4), new(90, 0)];

    public static TheoryData<int> Positions => [.. Enumerable.Range(0, Labs.Length)];

    [Fact]
    public void EveryTransfer_IsCountedOnce_OnTheMapOrInWords()
    {
        foreach (var transfers in new[] { Some.Typical, Some.Many(200), [] })
        {
            var svg = XElement.Parse(Some.Map(transfers, Some.Context(Some.Seoul)));
            var onMap = svg.Descendants().Attributes("data-transfers").Sum(count => (int)count);
            var inWords = Texts(svg).Where(text => text.StartsWith("Not on the map", StringComparison.Ordinal))
                .Sum(text => int.Parse(CountOfTransfers().Match(text).Groups["count"].ValueSpan, CultureInfo.InvariantCulture));

            Assert.Equal(transfers.Length, onMap + inWords);
            Assert.Equal(onMap, transfers.Count(transfer => transfer.Country is { } country && Some.World.Countries.Contains(country)));
        }
    }

    [Fact]
    public void CountryWithItems_IsMarkedWithItsCodeAndTheirNumber()
    {
        var svg = XElement.Parse(Some.Map(Some.Typical, Some.Context(Some.Seoul)));

        Assert.Equal(
            ["BR 1", "CN 2", "KR 2", "SG 1", "US 2"],
            svg.Descendants(Some.Svg + "g").Where(group => group.Attribute("data-country") is not null)
                .Select(group => group.Element(Some.Svg + "text")!.Value).Order());
        Assert.Contains("Not on the map: 2 items in 2 transfers to 1 recipient in unknown countries.", Texts(svg));
        Assert.Contains("Not on the map: 1 item in 1 transfer to 1 recipient in QZ, which has no outline.", Texts(svg));
    }

    [Fact]
    public void LineAndCircle_ShowTheLeastSureGrade()
    {
        var svg = XElement.Parse(Some.Map(Some.Typical, Some.Context(Some.Seoul)));
        var toUs = svg.Descendants(Some.Svg + "g").Single(group => (string?)group.Attribute("data-country") == "US");

        Assert.Equal(GradeStroke.Of(CountryGrade.Edge).Dashes, (string?)toUs.Element(Some.Svg + "circle")!.Attribute("stroke-dasharray"));

        // To BR, CN, SG and US; none to KR, where the lab is. The one to BR may leave the map and come back.
        Assert.InRange(svg.Descendants().Count(line => (string?)line.Attribute("class") == "transfer"), 4, 5);
    }

    [Fact]
    public void LabUnknown_NoLineIsDrawn_AndTheMapSaysSo()
    {
        var svg = XElement.Parse(Some.Map(Some.Typical, Some.Context()));

        Assert.DoesNotContain(svg.Descendants(), line => (string?)line.Attribute("class") == "transfer");
        Assert.Contains("No lines: the lab's position is not known.", Texts(svg));
        Assert.Equal(5, svg.Descendants().Attributes("data-country").Count());
    }

    [Fact]
    public void NoTransfers_GiveAnEmptyMapThatSaysSo()
    {
        var svg = XElement.Parse(Some.Map([], Some.Context(Some.Seoul)));

        Assert.Contains("No transfers of personal data.", Texts(svg));
        Assert.Empty(svg.Descendants().Attributes("data-country"));
        Assert.NotEmpty(svg.Descendants(Some.Svg + "path"));
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public void WayToAnyCountry_HasNoLeapAcrossTheMap(int lab)
    {
        var sheet = new MapSheet(1360, Labs[lab], withAntarctica: true);
        foreach (var country in Some.World.Countries)
        {
            var target = MapAnchor.Of(Some.World.Find(country)!);
            var lines = GreatCircle.Draw(sheet, Labs[lab], target).ToList();

            Assert.InRange(lines.Count, 1, 2);
            Assert.Equal(sheet.At(Labs[lab]).X, lines[0][0].X, 3);
            Assert.Equal(sheet.At(target).X, lines[^1][^1].X, 3);
            Assert.All(lines.SelectMany(line => line.Zip(line.Skip(1))), step => Assert.True(Math.Abs(step.Second.X - step.First.X) < 680, $"{country}: {step}"));
            if (lines.Count == 2)
            {
                Assert.Equal(1360, lines[0][^1].X + lines[1][0].X, 3);
                Assert.Equal(lines[0][^1].Y, lines[1][0].Y, 3);
            }
        }
    }

    [Fact]
    public void WayToTheOtherSideOfTheEarth_IsALine()
    {
        var sheet = new MapSheet(1360, Some.Seoul, withAntarctica: false);
        var line = GreatCircle.Draw(sheet, Some.Seoul, new(-37.57, -53.02)).SelectMany(points => points).ToList();

        Assert.All(line, point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y)));
    }

    [Fact]
    public void Anchor_IsInsideItsCountry() =>
        Assert.All(Some.World.Countries, country => Assert.True(Some.World.DistanceKm(country, MapAnchor.Of(Some.World.Find(country)!)) < 1, country));

    [Theory]
    [InlineData("RU", 16_377)] // thousands of square kilometres of land and inland water: the CIA World Factbook's "land", within the outlines' scale
    [InlineData("US", 9_148)]
    [InlineData("CA", 9_094)]
    [InlineData("BR", 8_358)]
    [InlineData("CD", 2_267)]
    [InlineData("GL", 2_166)]
    [InlineData("FJ", 18)]
    public void DrawnLand_HasItsTrueArea_WhereverTheMapIsCut(string country, double thousands)
    {
        foreach (var lab in new[] { Some.Seoul, new GeoPosition(50.85, 4.35) })
        {
            var sheet = new MapSheet(13_600, lab, withAntarctica: true);
            var data = LandShape.Draw(sheet, Some.World.Find(country)!.Polygons);
            var kilometresPerTenth = GeoPosition.EarthRadiusKm * 2 * EqualEarth.HalfWidth / 136_000;

            Assert.Equal(1, Area(data) * kilometresPerTenth * kilometresPerTenth / 1000 / thousands, 0.09);
        }
    }

    [Fact]
    public void LabelsOfACrowd_CoverNeitherOneAnotherNorTheMarks()
    {
        var marks = Enumerable.Range(0, 40).Select(i => Box.Around(new(300 + (i % 8 * 13), 200 + (i / 8 * 13)), 11, 11)).ToList();
        var labels = new LabelPlaces(new(0, 0, 1360, 600), marks);
        var boxes = marks.ConvertAll(mark => labels.Take(mark, 36, 13));

        Assert.All(boxes, box => Assert.DoesNotContain(boxes, other => other != box && other.Overlaps(box)));
        Assert.All(boxes, box => Assert.DoesNotContain(marks, box.Overlaps));
    }

    private static IEnumerable<string> Texts(XElement svg) => svg.Descendants(Some.Svg + "text").Select(text => text.Value);

    /// <summary>What the rings of a path enclose: outer rings run one way and holes the other, so that holes are taken off.</summary>
    private static double Area(string data)
    {
        var area = 0.0;
        foreach (var ring in data.Split(['M', 'z'], StringSplitOptions.RemoveEmptyEntries))
        {
            // The first pair is absolute, the others are steps; measured from the first point, the closing line adds nothing.
            var (x, y) = (0.0, 0.0);
            foreach (var pair in ring.Split(['l', ' '], StringSplitOptions.RemoveEmptyEntries).Skip(1))
            {
                var step = pair.Split(',');
                var (dx, dy) = (double.Parse(step[0], CultureInfo.InvariantCulture), double.Parse(step[1], CultureInfo.InvariantCulture));
                area += ((x * dy) - (dx * y)) / 2;
                (x, y) = (x + dx, y + dy);
            }
        }

        return Math.Abs(area);
    }

    [GeneratedRegex(@" in (?<count>\d+) transfers? ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CountOfTransfers();
}
