using System.CommandLine;
using System.Text.Json.Serialization;
using TrafficAudit.CommandLine;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Pipeline;
using TrafficAudit.Results;

namespace TrafficAudit.Commands;

/// <summary><c>geo status</c>: the databases in use, how old they are, and on which terms they may be shown.</summary>
internal static class GeoStatusCommand
{
    public static Command Create()
    {
        var format = CommonOptions.Format("text", "json");
        var command = new Command("status", "Lists the databases in use, best first, and says which are too old.") { format };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var sources = CommonOptions.SourcesOf(parsed);
            var now = TimeProvider.System.GetUtcNow();
            var rows = sources.Databases.Databases.Select(database => DatabaseRow.Of(database, now)).ToList();
            if (parsed.GetValue(format) == "json")
            {
                await using var output = Console.OpenStandardOutput();
                await JsonArrayOutput.WriteArrayAsync(output, rows.ToAsyncEnumerable(), GeoJson.Default.DatabaseRow, cancellation);
            }
            else
            {
                foreach (var row in rows)
                {
                    await WriteAsync(row);
                }
            }

            foreach (var warning in DatabaseAge.Warnings(sources.Databases.Databases, now))
            {
                await Console.Error.WriteLineAsync($"! {warning}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task WriteAsync(DatabaseRow row)
    {
        await Console.Out.WriteLineAsync(
            $"""
            {row.Name}  ({row.Path ?? "built in"})
              type     {row.Type}: {row.Answers}
              built    {row.Built.UtcDateTime:yyyy-MM-dd HH:mm}Z, {row.AgeDays} days ago
              size     {row.Size} bytes
              SHA-256  {row.Sha256}
            """);
        if (row.Licence is not null)
        {
            await Console.Out.WriteLineAsync($"  licence  {row.Licence}");
        }

        if (row.Attribution is not null)
        {
            await Console.Out.WriteLineAsync($"  source   {row.Attribution} {row.AttributionLink}");
        }
    }
}

/// <summary>A database as <c>geo status --format json</c> gives it.</summary>
internal sealed record DatabaseRow(
    string Name, string? Path, string Type, string Answers, DateTimeOffset Built, int AgeDays, bool Outdated, long Size, string Sha256, string? Maker, string? Licence,
    string? Attribution, Uri? AttributionLink)
{
    public static DatabaseRow Of(GeoDatabaseInfo database, DateTimeOffset now) => new(
        database.Name, database.Path, database.Type, DatabaseUse.Of(database), database.Built, database.AgeInDays(now), database.IsOutdated(now), database.Size, database.Sha256,
        database.Maker, database.Licence, database.Attribution, database.AttributionLink);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DatabaseRow))]
internal sealed partial class GeoJson : JsonSerializerContext;
