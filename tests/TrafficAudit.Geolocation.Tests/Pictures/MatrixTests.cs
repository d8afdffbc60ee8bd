using System.Xml.Linq;
using TrafficAudit.Geolocation.Pictures;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Tests.Pictures;

public sealed class MatrixTests
{
    [Fact]
    public void EveryTransfer_IsACellWithItsFlows()
    {
        foreach (var transfers in new[] { Some.Typical, Some.Many(200), [] })
        {
            var cells = XElement.Parse(Some.Matrix(transfers, Some.Context())).Descendants().Attributes("data-flows").Select(flows => (int)flows).ToList();

            Assert.Equal(transfers.Length, cells.Count);
            Assert.Equal(transfers.Sum(transfer => transfer.Flows.Length), cells.Sum());
        }
    }

    [Fact]
    public void EveryRecipientAndItem_IsNamed_HoweverManyThereAre()
    {
        var transfers = Some.Many(200);
        var svg = XElement.Parse(Some.Matrix(transfers, Some.Context()));
        var titles = svg.Descendants(Some.Svg + "title").Select(title => title.Value).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(200, svg.Descendants().Attributes("data-recipient").Count());
        Assert.All(transfers, transfer => Assert.Contains(transfer.Item, titles));
        Assert.All(transfers, transfer => Assert.Contains($"{transfer.Recipient}, {transfer.Country} ({Token.Of(transfer.CountryGrade)})", titles));
        Assert.True((double)svg.Attribute("width")! > 200 * 30);
    }

    [Fact]
    public void Cell_TellsItemRecipientCountryGradeFlowsAndConfidence()
    {
        var svg = XElement.Parse(Some.Matrix(Some.Typical, Some.Context()));

        Assert.Contains(svg.Descendants(Some.Svg + "title"), title => title.Value == "android_id, Example Push, CN (disputed): 17 flows, possible");
        Assert.Contains(svg.Descendants(Some.Svg + "title"), title => title.Value == "gaid, tracker.example, unknown country (unknown): 2 flows, certain");
    }

    [Fact]
    public void OnlyPossibleCells_AreHatched()
    {
        var cells = XElement.Parse(Some.Matrix(Some.Typical, Some.Context())).Descendants(Some.Svg + "g")
            .Where(group => group.Attribute("data-flows") is not null);

        var hatched = Assert.Single(cells, cell => cell.Element(Some.Svg + "path") is not null);
        Assert.StartsWith("android_id,", hatched.Element(Some.Svg + "title")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void LongName_IsShortened_AndWholeInItsTitle()
    {
        var name = string.Concat(Enumerable.Repeat("Example Holdings ", 12)).Trim();
        var svg = XElement.Parse(Some.Matrix([Some.Transfer("gaid", name, "KR")], Some.Context()));

        Assert.Contains(svg.Descendants(Some.Svg + "text"), text => text.Value == "Example Holdings Example Holdin…");
        Assert.Contains(svg.Descendants(Some.Svg + "title"), title => title.Value == $"{name}, KR (located)");
    }

    [Fact]
    public void OneRecipientInTwoCountries_HasTwoColumns()
    {
        Transfer[] transfers = [Some.Transfer("gaid", "Example", "KR"), Some.Transfer("gaid", "Example", "US"), Some.Transfer("email", "Example", null)];
        var svg = XElement.Parse(Some.Matrix(transfers, Some.Context()));

        Assert.Equal(3, svg.Descendants().Attributes("data-recipient").Count());
    }

    [Fact]
    public void Column_ShowsItsLeastSureGrade()
    {
        var columns = MatrixColumn.Of([Some.Transfer("gaid", "Example", "KR", CountryGrade.Confirmed), Some.Transfer("email", "Example", "KR", CountryGrade.Edge)]);

        Assert.Equal(CountryGrade.Edge, Assert.Single(columns).Grade);
    }
}
