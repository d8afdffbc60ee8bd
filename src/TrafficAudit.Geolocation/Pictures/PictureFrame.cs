using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>What every picture has around it: its title, what it counts, the day, whose data it shows.</summary>
internal static class PictureFrame
{
    /// <summary>The margin on every side, in pixels.</summary>
    public const double Margin = 20;

    /// <summary>Where the picture proper begins.</summary>
    public const double HeadHeight = 64;

    /// <summary>From line to line of text.</summary>
    public const double LineHeight = 16;

    /// <summary>What is counted, in words.</summary>
    public static string Describe(IReadOnlyList<Transfer> transfers)
    {
        return transfers.Count == 0
            ? "No transfers of personal data."
            : $"{Plural.Of(transfers.Count, "transfer")}: {Count("item", transfer => transfer.Item)} to {Count("recipient", transfer => transfer.Recipient)}"
                + $" in {Count("known country", transfer => transfer.Country)}.";

        string Count(string noun, Func<Transfer, string?> key) =>
            Plural.Of(transfers.Select(key).Where(value => !string.IsNullOrEmpty(value)).Distinct(StringComparer.Ordinal).Count(), noun);
    }

    public static double FootHeight(PictureContext context) => (LineHeight * (context.Attributions.Length + 1)) + Margin;

    public static void WriteHead(SvgWriter svg, PictureContext context, string counts)
    {
        svg.Text(Margin, 30, SvgText.Shorten(context.Title, 100), ("font-size", 18), ("font-weight", "bold"), ("fill", "#111"));
        svg.Text(Margin, 50, counts, ("fill", "#333"));
    }

    public static void WriteFoot(SvgWriter svg, PictureContext context, double top)
    {
        var y = top + LineHeight;
        WriteSmall(svg, y, $"Drawn by TrafficAudit on {context.Day:yyyy-MM-dd}. A country is an estimate of where the server is; its grade says how sure.", "#555");
        foreach (var (text, link) in context.Attributions)
        {
            y += LineHeight;
            if (link is { IsAbsoluteUri: true, Scheme: "http" or "https" })
            {
                svg.Start("a", ("href", link.AbsoluteUri), ("text-decoration", "underline"));
                WriteSmall(svg, y, text, "#0b4a8f");
                svg.End();
            }
            else
            {
                WriteSmall(svg, y, text, "#555");
            }
        }
    }

    private static void WriteSmall(SvgWriter svg, double y, string text, string colour) => svg.Text(Margin, y, text, ("font-size", 11), ("fill", colour));
}
