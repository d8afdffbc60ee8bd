using System.Globalization;
using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Pages;

/// <summary>What a list shows, as its address says: <c>?filter=…&amp;before=120</c>.</summary>
/// <param name="Before">Only what has a smaller flow number; null for the newest.</param>
/// <param name="Filter">Only what this lets through; empty for everything.</param>
/// <param name="Search">What stands for the filter in the address when the filter itself must not; null when it may.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PageAddress(long? Before, string Filter = "", string? Search = null)
{
    public const string Flows = "/flows";
    public const string Findings = "/findings";
    public const string Transfers = "/transfers";
    public const string Devices = "/devices";
    public const string Compare = "/compare";
    public const string Timeline = "/timeline";
    public const string SetupSessions = "/setup/sessions";
    public const string SetupPersonas = "/setup/personas";
    public const string SetupCase = "/setup/case";
    public const string SetupDatabases = "/setup/databases";
    public const string SetupAuthority = "/setup/ca";
    public const string SetupStorage = "/setup/storage";
    public const string SetupUsers = "/setup/users";

    /// <summary>Reads the parameters as they stand in the address; what makes no sense is taken as absent.</summary>
    public static PageAddress Parse(string? before, string? filter, string? search = null) => new(
        long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null,
        filter?.Trim() ?? "",
        search);

    /// <summary>The page of one flow.</summary>
    public static string OfFlow(long number) => $"{Flows}/{number}";

    /// <summary>A list with a filter.</summary>
    public static string WithFilter(string page, string filter) => new PageAddress(null, filter.Trim()).On(page);

    /// <summary>The flows of a transfer.</summary>
    /// <param name="transfer">The transfer.</param>
    /// <param name="within">The filter that it comes from; empty for everything.</param>
    public static string OfTransfer(Transfer transfer, string within = "")
    {
        var terms = $"{FilterText.Term("item", transfer.Item)} {FilterText.Term("country", transfer.Country)}";
        return WithFilter(Flows, FilterText.And(within, transfer.Recipient.Length == 0 ? terms : $"{terms} {FilterText.Term("recipient", transfer.Recipient)}"));
    }

    /// <summary>The address of a page that shows this.</summary>
    public string On(string page)
    {
        string[] parameters =
        [
            .. Search is not null ? new[] { $"search={Uri.EscapeDataString(Search)}" } : Filter.Length == 0 ? [] : new[] { $"filter={Uri.EscapeDataString(Filter)}" },
            .. Before is { } before ? [string.Create(CultureInfo.InvariantCulture, $"before={before}")] : Array.Empty<string>(),
        ];
        return parameters.Length == 0 ? page : $"{page}?{string.Join('&', parameters)}";
    }
}
