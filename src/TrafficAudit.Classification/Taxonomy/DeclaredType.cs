using System.Collections.Frozen;
using TrafficAudit.Classification.Packs;

namespace TrafficAudit.Classification.Taxonomy;

/// <summary>What an item is called in the stores' declarations.</summary>
/// <param name="Play">The type in Google Play's Data safety section.</param>
/// <param name="Apple">The type of Apple's App Privacy labels.</param>
public sealed record DeclaredType(string Play, string Apple)
{
    private static readonly FrozenDictionary<string, DeclaredType> ByItem = EmbeddedYaml.Read("Taxonomy/crosswalk.yaml").Mappings("types")
        .SelectMany(node => node.Words("items").Select(item => (Item: item, Type: new DeclaredType(node.Text("play"), node.Text("apple")))))
        .ToFrozenDictionary(entry => entry.Item, entry => entry.Type, StringComparer.Ordinal);

    /// <summary>The type of an item; null where the stores have none.</summary>
    public static DeclaredType? Of(string item) => ByItem.GetValueOrDefault(item);
}
