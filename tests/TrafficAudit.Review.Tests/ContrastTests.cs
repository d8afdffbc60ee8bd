using System.Globalization;
using System.Text.RegularExpressions;

namespace TrafficAudit.Review.Tests;

/// <summary>WCAG 2.1, success criterion 1.4.3: text has a contrast of 4.5 to 1 at least, in both colour schemes.</summary>
public sealed partial class ContrastTests
{
    [Theory]
    [InlineData("text", "page", "sheet", "hover", "warn-back")]
    [InlineData("quiet", "page", "sheet", "hover")]
    [InlineData("accent", "page", "sheet", "hover", "warn-back")]
    [InlineData("accent-text", "accent")]
    [InlineData("chip-text", "chip")]
    [InlineData("good", "sheet", "hover")]
    [InlineData("warn", "sheet", "hover", "warn-back")]
    [InlineData("bad", "sheet", "hover", "bad-back")]
    public void Text_ReadableOnItsBackgrounds(string text, params string[] backgrounds)
    {
        var schemes = Schemes();
        Assert.Equal(2, schemes.Count);
        foreach (var colors in schemes)
        {
            foreach (var background in backgrounds)
            {
                var contrast = Contrast(colors[text], colors[background]);
                Assert.True(contrast >= 4.5, $"--{text} on --{background}: {contrast:0.00}");
            }
        }
    }

    [Fact]
    public void FocusRing_VisibleOnEveryBackground()
    {
        foreach (var colors in Schemes())
        {
            Assert.True(Contrast(colors["focus"], colors["page"]) >= 3);
            Assert.True(Contrast(colors["focus"], colors["sheet"]) >= 3);
        }
    }

    private static List<Dictionary<string, double>> Schemes()
    {
        using var stream = typeof(ReviewHost).Assembly.GetManifestResourceStream("review.css")!;
        using var reader = new StreamReader(stream);
        var colors = Color().Matches(reader.ReadToEnd());
        return [.. new[] { "light", "dark" }.Select(scheme => colors.ToDictionary(c => c.Groups["name"].Value, c => Luminance(c.Groups[scheme].Value)))];
    }

    private static double Contrast(double one, double other) => (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

    // Relative luminance as WCAG 2.1 defines it.
    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.03928 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    [GeneratedRegex(@"--(?<name>[a-z-]+): light-dark\(#(?<light>[0-9a-f]{6}), #(?<dark>[0-9a-f]{6})\);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Color();
}
