using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TrafficAudit.Classification.Correlation;
using TrafficAudit.Model;

namespace TrafficAudit.Pipeline;

/// <summary>What the last correlation of a case found, as <c>correlate --format json</c> has it; values are masked.</summary>
/// <param name="Devices">How many devices were compared.</param>
/// <param name="Launches">How many sessions of them; one with a re-install in it counts twice.</param>
/// <param name="Identifiers">What counts, certain or likely.</param>
/// <param name="NearMisses">What stays on a device, and lacks something.</param>
/// <param name="AppConstants">What is the same on all devices.</param>
/// <param name="Unlisted">How many near misses and app constants are left out of the lists.</param>
/// <param name="Known">How many places were identifiers that other detectors had named for certain.</param>
/// <param name="Changing">At how many places something generated changed within a session.</param>
/// <param name="NotFollowed">How many places were not followed since a bound was reached.</param>
internal sealed record CorrelationReport(
    int Devices, int Launches, ImmutableArray<CorrelationRow> Identifiers, ImmutableArray<CorrelationRow> NearMisses,
    ImmutableArray<CorrelationRow> AppConstants, long Unlisted, int Known, long Changing, long NotFollowed)
{
    /// <summary>A case in which nothing can be compared.</summary>
    public static CorrelationReport OfNothing(LaunchMap launches) => new(launches.Devices.Length, launches.Count, [], [], [], 0, 0, 0, 0);

    public static CorrelationReport Of(CorrelationResult result, CorrelationMatcher matcher) => new(
        result.Devices,
        result.Launches,
        [.. result.Identifiers.Where(p => !matcher.IsKnown(p)).Select(p => CorrelationRow.Of(p, matcher.LinksOf(p)))],
        [.. result.NearMisses.Where(p => !matcher.IsKnown(p)).Select(p => CorrelationRow.Of(p, matcher.LinksOf(p)))],
        [.. result.Constants.Select(p => CorrelationRow.Of(p, []))],
        result.Unlisted,
        result.Identifiers.Concat(result.NearMisses).Count(matcher.IsKnown),
        result.Changing,
        result.NotFollowed);
}

/// <summary>One place and its values; without an item for an app constant.</summary>
internal sealed record CorrelationRow(
    string? Item, Confidence? Confidence, string Host, CorrelationPlaceRow Place, ImmutableArray<CorrelationValueRow> Values, long Flows,
    ImmutableArray<CorrelationLink> Links, ImmutableArray<CorrelationDoubt> Lacking, string Reason)
{
    public static CorrelationRow Of(CorrelatedPlace place, IReadOnlyList<CorrelationLink> links) => new(
        place.Item.Length == 0 ? null : place.Item,
        place.Item.Length == 0 ? null : place.Strength switch { Strength.C => Model.Confidence.Certain, Strength.D => Model.Confidence.Likely, _ => Model.Confidence.Possible },
        place.Place.Host,
        new CorrelationPlaceRow(place.Place.Endpoint, place.Place.Message, place.Place.Part, place.Place.Path),
        [.. place.Values.Select(CorrelationValueRow.Of)],
        place.Flows,
        [.. links],
        place.Doubts,
        place.Reason);
}

/// <summary>Where the values stand, on their host.</summary>
internal sealed record CorrelationPlaceRow(string Endpoint, MessageKind Message, MessagePart Part, string Path);

/// <summary>One value with the sessions that it was seen in.</summary>
internal sealed record CorrelationValueRow(
    string Device, string DeviceName, string Value, bool OutlivedReinstall, ImmutableArray<LaunchEvidence> Sessions)
{
    public static CorrelationValueRow Of(ValueEvidence v) => new(v.Device, v.DeviceName, v.Shown, v.OutlivedReinstall, v.Launches);
}

/// <summary>A report, and which state of the index it was made of.</summary>
internal sealed record StoredCorrelation(string Basis, CorrelationReport Report);

/// <summary>The JSON of reports.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CorrelationReport))]
[JsonSerializable(typeof(StoredCorrelation))]
internal sealed partial class CorrelationJson : JsonSerializerContext;
