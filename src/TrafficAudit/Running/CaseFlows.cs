using TrafficAudit.Classification;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Geolocation.Pictures;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Review.Flows;

namespace TrafficAudit.Running;

/// <summary>Single flows of a case, as their pages show them.</summary>
/// <param name="folder">The case.</param>
/// <param name="index">Its index.</param>
/// <param name="sources">What locates and classifies.</param>
internal sealed class CaseFlows(CaseFolder folder, ICaseIndex index, DataSources sources) : IFlowSource
{
    /// <summary>Numbers are given out as flows begin, and their records are written as they end: the record before lies near.</summary>
    private const int NearNumbers = 64;

    private readonly EvidenceReader _evidence = new(folder);

    public async ValueTask<FlowDetail?> FindAsync(long number, CancellationToken cancellation)
    {
        if (await index.GetAsync(number, cancellation) is not { } analyzed || await ReadAsync(number, cancellation) is not { } record)
        {
            return null;
        }

        var lookup = sources.NewLocator().Locate(record.Metadata, record.Response is { } response ? HttpHead.Parse(response.Head.Span) : null);
        return new FlowDetail(analyzed, record, lookup);
    }

    public FlowNeighbours Neighbours(long number, int each)
    {
        if (index.Find(number) is not { } flow)
        {
            return FlowNeighbours.None;
        }

        var ofDevice = OfDevice(flow.Device);
        return new FlowNeighbours([.. index.Flows(ofDevice, number, each).Flows.Reverse()], [.. index.Ascending(ofDevice, number).Take(each)]);
    }

    public async ValueTask<SameValues> SameValuesAsync(long number, CancellationToken cancellation) => await index.GetAsync(number, cancellation) is { } analyzed
        ? await new SameValueSearch(index, CasePersonas.Union(CasePersonas.Read(folder))).RunAsync(analyzed, cancellation)
        : SameValues.None;

    public async ValueTask<FlowProof?> ProveAsync(long number, CancellationToken cancellation) => index.Position(number) is var (segment, offset)
        ? await Task.Run(() => new FlowVerifier(folder).Verify(new FlowPosition(segment, offset), Before(number, segment, offset), cancellation), cancellation)
        : null;

    public async ValueTask<IReadOnlyList<DetectorNote>> ExplainAsync(long number, FindingLocation place, CancellationToken cancellation)
    {
        if (await ReadAsync(number, cancellation) is not { } record)
        {
            return [];
        }

        using (record)
        {
            var classifier = new Classifier(CasePersonas.Union(CasePersonas.Read(folder)), sources.Rules);
            var explained = await Task.Run(() => classifier.Explain(record, new FieldChoice(place.Path, place.Message, place.Part)), cancellation);
            return [.. explained.Where(field => field.Location.Decodings.SequenceEqual(place.Decodings)).SelectMany(field => field.Notes)];
        }
    }

    public string? DrawPlace(string country, CountryGrade grade) => PlaceMap.Draw(sources.Tables.Outlines, country, grade);

    // An id that others made up may hold what a filter's value can't: then the neighbours are those of all devices.
    private static FlowFilter OfDevice(string? device) =>
        device is null ? FlowFilter.Parse("-device:*")
        : device.AsSpan().ContainsAny('"', '*') || device.Length == 0 ? FlowFilter.None
        : FlowFilter.Parse($"device:\"{device}\"");

    private Task<FlowRecord?> ReadAsync(long number, CancellationToken cancellation) => Task.Run(
        () => index.Position(number) is var (segment, offset) ? _evidence.ReadFlow(new FlowPosition(segment, offset)) : null, cancellation);

    /// <summary>The nearest record known that lies before the flow in its segment.</summary>
    private long? Before(long number, int segment, long offset)
    {
        long? nearest = null;
        for (var other = number - NearNumbers; other <= number + NearNumbers; other++)
        {
            if (other > 0 && index.Position(other) is var (itsSegment, its) && itsSegment == segment && its < offset && its > (nearest ?? 0))
            {
                nearest = its;
            }
        }

        return nearest;
    }
}
