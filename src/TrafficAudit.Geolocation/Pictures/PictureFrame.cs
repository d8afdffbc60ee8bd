using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>What every picture has around it: its title, what it counts, the day, whose data it shows.</summary>
internal static class PictureFrame
{
    /// <summary>The margin on every side, in pixels.</summary>
    public const double Margin = 20;

    /// <summary>Where the picture proper may begin.</summary>
    public const double HeadHeight = 64;

    public const double LineHeight = 16;

    /// <summary>What is counted, in words.</summary>
    public static string Describe(IReadOnlyList<Transfer> transfers)
    {
        return transfers.Count == 0
            ? "No transfers of personal data."
            : $"{Plural.Of(transfers.Count, "transfer")}: {Count("item", transfer => transfer.Item)} to {Count("recipient", transfer => transfer.Recipient)}"
                + $" in {Count("known country", transfer => transfer.Country)}.";

        string Count(string noun, Func<Transfer, string?> key) => Plural.Of(
            transfers.Select(key).Where(value => !string.IsNullOrEmpty(value)).Distinct(StringComparer.Ordinal).Count(), noun);
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
        svg.Text(Margin, y, $"Drawn by TrafficAudit on {context.Day:yyyy-MM-dd}. A country is an estimate of where the server is; its grade says how sure.", ("font-size", 11), ("fill", "#555"));
        foreach (var attribution in context.Attributions)
        {
            y += LineHeight;
            var isLink = attribution.Link is { IsAbsoluteUri: true, Scheme: "http" or "https" };
            if (isLink)
            {
                svg.Start("a", ("href", attribution.Link!.AbsoluteUri));
            }

            svg.Text(Margin, y, attribution.Text, ("font-size", 11), ("fill", isLink ? "#0b4a8f" : "#555"), ("text-decoration", isLink ? "underline" : null));
            if (isLink)
            {
                svg.End();
            }
        }
    }
}
