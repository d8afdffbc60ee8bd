using System.Globalization;
using System.Xml.Linq;
using TrafficAudit.Geolocation.Pictures;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Tests.Pictures;

/// <summary>What holds for the map and for the matrix.</summary>
public sealed class PictureTests
{
    // Nothing that runs, loads or styles.
    private static readonly string[] Elements = ["svg", "title", "desc", "rect", "text", "g", "path", "polyline", "line", "circle", "a"];

    private const string Hostile =
        "<script>alert(1)</script>\" onload='alert(2)' ]]> &#0; javascript:alert(3) \0\u0001\u001b[31m\u202Egpj.exe\u2066 \ud800 \ufffe 한국";

    public static TheoryData<string, bool, int> Pictures
    {
        get
        {
            var data = new TheoryData<string, bool, int>();
            foreach (var kind in new[] { "map", "matrix" })
            {
                foreach (var recipients in new[] { 0, -1, 1, 60 })
                {
                    data.Add(kind, true, recipients);
                    data.Add(kind, false, recipients);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Picture_IsWellFormed_HasASize_AndSaysWhatItIs(string kind, bool hasLab, int recipients)
    {
        var svg = Parse(kind, Transfers(recipients), Some.Context(hasLab ? Some.Seoul : null));

        Assert.Equal(Some.Svg + "svg", svg.Name);
        Assert.Equal("img", (string?)svg.Attribute("role"));
        Assert.Equal($"0 0 {(string?)svg.Attribute("width")} {(string?)svg.Attribute("height")}", (string?)svg.Attribute("viewBox"));
        Assert.Equal("Case 17: Example Shop", (string?)svg.Elements().First());
        Assert.NotEmpty((string)svg.Element(Some.Svg + "desc")!);
        Assert.Contains(svg.Descendants(Some.Svg + "text"), text => text.Value.Contains("2026-11-26", StringComparison.Ordinal));
        Assert.Equal("https://db-ip.com/", (string?)Assert.Single(svg.Descendants(Some.Svg + "a")).Attribute("href"));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void SameTransfersInAnyOrder_GiveTheSameBytes(string kind, bool hasLab, int recipients)
    {
        var transfers = Transfers(recipients);
        var context = Some.Context(hasLab ? Some.Seoul : null);
        Transfer[] shuffled = [.. transfers];
        new Random(1).Shuffle(shuffled);

        Assert.Equal(Draw(kind, transfers, context), Draw(kind, shuffled, context));
    }

    [Theory]
    [InlineData("map")]
    [InlineData("matrix")]
    public void HostileNames_AreTextAndNothingElse(string kind)
    {
        var context = Some.Context(Some.Seoul) with
        {
            Title = Hostile,
            Attributions = [new(Hostile, new("javascript:alert(1)")), new("file", new("file:///etc/passwd"))],
        };
        var svg = Parse(kind, [Some.Transfer(Hostile, Hostile, "KR"), Some.Transfer("a", Hostile, Hostile), Some.Transfer(Hostile, "b", null)], context);

        Assert.Empty(svg.Descendants(Some.Svg + "a"));
        AssertInert(svg);
        Assert.DoesNotContain(svg.DescendantNodes().OfType<XText>().SelectMany(text => text.Value), c => char.IsControl(c) && c != '\n' || c is '\u202E' or '\u2066');
        Assert.Contains("<script>alert(1)</script>", svg.Value, StringComparison.Ordinal);
        Assert.Contains("한국", svg.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("map")]
    [InlineData("matrix")]
    public void OrdinaryPicture_FetchesNothing(string kind) => AssertInert(Parse(kind, Some.Typical, Some.Context(Some.Seoul)));

    [Theory]
    [InlineData("map", 600_000)]
    [InlineData("matrix", 600_000)]
    public void TwoHundredRecipients_MakeAFileOfSaneSize(string kind, int most) =>
        Assert.InRange(Draw(kind, Some.Many(200), Some.Context(Some.Seoul)).Length, 50_000, most);

    [Fact]
    public void EveryGrade_HasALineOfItsOwn()
    {
        Assert.Equal(Enum.GetValues<CountryGrade>().Order(), GradeStroke.All.Select(stroke => stroke.Grade).Order());
        Assert.Distinct(GradeStroke.All.Select(stroke => (stroke.Dashes, stroke.Dashes == "none" ? stroke.Width : 0)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(40)]
    [InlineData(1000)]
    public void Classes_CoverEveryNumber_AndGetDarker(int most)
    {
        foreach (var shades in new[] { Shades.Even(most), Shades.Powers(most) })
        {
            Assert.InRange(shades.Classes.Length, 1, 5);
            Assert.All(Enumerable.Range(1, most), number =>
            {
                var (least, highest) = shades.Classes[shades.ClassOf(number)];
                Assert.InRange(number, least, highest);
            });
            var lightness = shades.Classes.Select((_, index) => Lightness(shades.Fill(index))).ToList();
            Assert.All(lightness.Zip(lightness.Skip(1)), pair => Assert.True(pair.First - pair.Second > 10, $"{pair} are too alike in grey"));
            Assert.All(shades.Classes.Select((_, index) => index), index => Assert.True(Contrast(shades.Fill(index), shades.Ink(index)) >= 4.5));
        }
    }

    internal static void AssertInert(XElement svg)
    {
        Assert.DoesNotContain(svg.DescendantsAndSelf(), element => element.Name.Namespace != Some.Svg || !Elements.Contains(element.Name.LocalName));
        var attributes = svg.DescendantsAndSelf().Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).ToList();
        Assert.DoesNotContain(attributes, attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
            || attribute.Name.LocalName is "style" or "id" or "src" || attribute.Name.Namespace != XNamespace.None);
        Assert.DoesNotContain(attributes, attribute => attribute.Name != "href" && !attribute.Name.LocalName.StartsWith("data-", StringComparison.Ordinal)
            && (attribute.Value.Contains("url(", StringComparison.OrdinalIgnoreCase) || attribute.Value.Contains(':', StringComparison.Ordinal)));
        Assert.All(attributes.Where(attribute => attribute.Name == "href"), link => Assert.StartsWith("https://", link.Value, StringComparison.Ordinal));
    }

    private static IReadOnlyList<Transfer> Transfers(int recipients) => recipients < 0 ? Some.Typical : Some.Many(recipients);

    private static string Draw(string kind, IReadOnlyList<Transfer> transfers, PictureContext context) =>
        kind == "map" ? Some.Map(transfers, context) : Some.Matrix(transfers, context);

    private static XElement Parse(string kind, IReadOnlyList<Transfer> transfers, PictureContext context) => XElement.Parse(Draw(kind, transfers, context));

    // CIE L* and the contrast of WCAG 2, of #rrggbb and #rgb.
    private static double Lightness(string colour) => (116 * Math.Cbrt(Luminance(colour))) - 16;

    private static double Contrast(string one, string other)
    {
        var (lighter, darker) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double Luminance(string colour)
    {
        var hex = colour.Length == 4 ? string.Concat(colour.Skip(1).SelectMany(digit => new[] { digit, digit })) : colour[1..];
        var linear = Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))
            .ToList();
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }
}
