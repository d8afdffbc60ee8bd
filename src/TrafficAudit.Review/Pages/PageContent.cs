using TrafficAudit.Model;

namespace TrafficAudit.Review.Pages;

/// <summary>What one address shows, as it was at one moment; of the lists only the view's own is filled.</summary>
internal sealed record PageContent(
    PageAddress Address,
    ReviewCounters Counters,
    IReadOnlyList<FlowRow> Flows,
    IReadOnlyList<AnalyzedFlow> Findings,
    IReadOnlyList<Transfer> Transfers,
    IReadOnlyList<DeviceRow> Devices)
{
    public const int FlowsOnAPage = 200;
    public const int FindingsOnAPage = 200;

    /// <summary>Where the older flows or findings are; null when the page is not full, so that there are none.</summary>
    public PageAddress? Older => Address.View switch
    {
        ReviewView.Flows when Flows.Count == FlowsOnAPage => Address with { Before = Flows[^1].Flow.Number },
        ReviewView.Findings when Findings.Sum(f => f.Findings.Count) >= FindingsOnAPage => Address with { Before = Findings[^1].Summary.Number },
        _ => null,
    };

    public static async Task<PageContent> LoadAsync(IReviewSource source, PageAddress address, CancellationToken cancellation)
    {
        // The counters first: they may lag behind the list, so that nothing in it is missing from a later comparison.
        var counters = source.Counters;
        return new PageContent(
            address,
            counters,
            address.View == ReviewView.Flows ? await source.NewestAsync(address.Filter, FlowsOnAPage, address.Before, cancellation) : [],
            address.View == ReviewView.Findings ? await source.FindingsAsync(address.Filter, FindingsOnAPage, address.Before, cancellation) : [],
            address.View == ReviewView.Transfers ? await source.TransfersAsync(address.Filter, cancellation) : [],
            address.View == ReviewView.Devices && source.Devices is { } devices ? devices.List() : []);
    }
}
