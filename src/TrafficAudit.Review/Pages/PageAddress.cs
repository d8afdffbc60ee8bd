using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Pages;

/// <summary>The sections of the page; their tokens stand in its address.</summary>
internal enum ReviewView
{
    [JsonStringEnumMemberName("flows")] Flows,
    [JsonStringEnumMemberName("findings")] Findings,
    [JsonStringEnumMemberName("transfers")] Transfers,
    [JsonStringEnumMemberName("devices")] Devices,
}

/// <summary>What the page shows, as its address says: <c>/?view=flows&amp;before=120</c>.</summary>
/// <param name="View">The section.</param>
/// <param name="Before">Only what has a smaller flow number; null for the newest.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PageAddress(ReviewView View, long? Before)
{
    /// <summary>Reads the parameters as they stand in the address; what makes no sense is taken as absent.</summary>
    public static PageAddress Parse(string? view, string? before) =>
        new(
            Token.TryParse<ReviewView>(view, out var known) ? known : ReviewView.Flows,
            long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null);

    /// <summary>The list of flows with this flow at its top.</summary>
    public static string OfFlow(long number) => new PageAddress(ReviewView.Flows, number + 1).ToString();

    public override string ToString() => $"/?view={Token.Of(View)}" + (Before is { } before ? $"&before={before}" : "");
}
