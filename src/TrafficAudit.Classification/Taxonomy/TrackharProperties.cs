using System.Collections.Frozen;
using System.Collections.Immutable;
using TrafficAudit.Classification.Packs;

namespace TrafficAudit.Classification.Taxonomy;

/// <summary>What items are called in TrackHAR's list of properties (tweaselORG/TrackHAR, CC0), whose adapters name them.</summary>
public static class TrackharProperties
{
    private static readonly FrozenDictionary<string, ImmutableArray<string>> ByItem = EmbeddedYaml.Read("Rules/Endpoints/trackhar-items.yaml").Mappings("properties")
        .SelectMany(node => node.Words("items").SelectMany(item => node.Words("properties").Select(property => (Item: item, Property: property))))
        .GroupBy(pair => pair.Item, pair => pair.Property, StringComparer.Ordinal)
        .ToFrozenDictionary(item => item.Key, item => item.ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>The properties that an item can be; empty where TrackHAR has none.</summary>
    public static ImmutableArray<string> Of(string item) => ByItem.GetValueOrDefault(item, []);
}
