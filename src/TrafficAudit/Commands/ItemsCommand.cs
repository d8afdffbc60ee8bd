using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Serialization;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.CommandLine;
using TrafficAudit.Results;

namespace TrafficAudit.Commands;

/// <summary><c>items</c>: the kinds of personal data that findings name.</summary>
internal static class ItemsCommand
{
    private static readonly string[] Columns = ["Item", "English", "한국어", "Group", "PIPA", "Google Play", "Apple", "TrackHAR"];

    public static Command Create()
    {
        var format = CommonOptions.Format("table", "json");
        var command = new Command("items", "Lists the kinds of personal data, their class under the Korean Act, and what the stores and TrackHAR call them.") { format };
        command.SetAction(async (parsed, cancellation) =>
        {
            var rows = ItemTaxonomy.All.Select(ItemRow.Of).ToAsyncEnumerable();
            await using var output = Console.OpenStandardOutput();
            if (parsed.GetValue(format) == "json")
            {
                await JsonArrayOutput.WriteArrayAsync(output, rows, ItemJson.Default.ItemRow, cancellation);
            }
            else
            {
                await TableOutput.WriteAsync(
                    output, Console.IsOutputRedirected ? null : Console.WindowWidth, Columns, rows.Select(Cells), int.MaxValue,
                    "PIPA: G general · U24 unique identifying (art. 24) · R24-2 resident registration number · S23 sensitive (art. 23) · +E stored encrypted · * no personal data by itself: shown, not counted", cancellation);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Cells(ItemRow row) =>
        [row.Item, row.English, row.Korean, row.Group, row.Pipa + (row.StoredEncrypted ? " +E" : "") + (row.Personal ? "" : " *"), row.Play ?? "", row.Apple ?? "", string.Join(' ', row.Trackhar)];
}

/// <summary>An item as <c>items --format json</c> gives it.</summary>
internal sealed record ItemRow(
    string Item, string English, string Korean, string Group, string Pipa, bool StoredEncrypted, bool Weak, bool Personal, string? Play, string? Apple,
    ImmutableArray<string> Trackhar)
{
    public static ItemRow Of(TaxonomyItem item)
    {
        var declared = DeclaredType.Of(item.Slug);
        return new ItemRow(
            item.Slug, item.English, item.Korean, item.Group, item.PipaClass, item.StoredEncrypted, item.IsWeak, item.IsPersonal, declared?.Play, declared?.Apple,
            TrackharProperties.Of(item.Slug));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ItemRow))]
internal sealed partial class ItemJson : JsonSerializerContext;
