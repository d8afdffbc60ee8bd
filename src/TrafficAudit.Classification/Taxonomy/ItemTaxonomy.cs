using System.Collections.Frozen;
using System.Collections.Immutable;
using TrafficAudit.Classification.Packs;

namespace TrafficAudit.Classification.Taxonomy;

/// <summary>Every kind of personal data that findings can name, in the order in which reports list them.</summary>
public static class ItemTaxonomy
{
    private static readonly FrozenDictionary<string, TaxonomyItem> BySlug;

    static ItemTaxonomy()
    {
        All =
        [
            .. EmbeddedYaml.Read("Taxonomy/items.yaml").Mappings("items").Select(node => new TaxonomyItem(
                node.Text("slug"), node.Text("english"), node.Text("korean"), node.Text("group"), node.Text("pipa"),
                node.Flag("stored_encrypted"), node.Flag("weak"), !node.Flag("not_personal"))),
        ];
        BySlug = All.ToFrozenDictionary(item => item.Slug, StringComparer.Ordinal);
    }

    /// <summary>All items.</summary>
    public static ImmutableArray<TaxonomyItem> All { get; }

    /// <summary>The item with this slug; null when there is none.</summary>
    public static TaxonomyItem? Find(string slug) => BySlug.GetValueOrDefault(slug);

    /// <summary>The item's English name; the slug itself when it is unknown.</summary>
    internal static string EnglishName(string slug) => Find(slug)?.English ?? slug;
}
