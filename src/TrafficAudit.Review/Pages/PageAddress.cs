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
/// <param name="Filter">Only what this lets through; empty for everything.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PageAddress(ReviewView View, long? Before, string Filter = "")
{
    /// <summary>Reads the parameters as they stand in the address; what makes no sense is taken as absent.</summary>
    public static PageAddress Parse(string? view, string? before, string? filter) =>
        new(
            Token.TryParse<ReviewView>(view, out var known) ? known : ReviewView.Flows,
            long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null,
            filter?.Trim() ?? "");

    /// <summary>The page of one flow.</summary>
    public static string OfFlow(long number) => $"/flows/{number}";

    /// <summary>The flows of a transfer.</summary>
    public static PageAddress OfTransfer(Transfer transfer)
    {
        var country = transfer.Country is null ? "-country:*" : $"country:{transfer.Country}";

        // A quote can't stand in a filter's value; without the recipient a few more flows are listed.
        var recipient = transfer.Recipient.Contains('"', StringComparison.Ordinal) || transfer.Recipient.Length == 0 ? "" : $" recipient:\"{transfer.Recipient}\"";
        return new PageAddress(ReviewView.Flows, null, $"item:{transfer.Item} {country}{recipient}");
    }

    public override string ToString() =>
        $"/?view={Token.Of(View)}{(Before is { } before ? $"&before={before}" : "")}{(Filter.Length == 0 ? "" : $"&filter={Uri.EscapeDataString(Filter)}")}";
}
