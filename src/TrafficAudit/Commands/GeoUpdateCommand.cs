using System.Collections.Immutable;
using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Updates;

namespace TrafficAudit.Commands;

/// <summary><c>geo update</c>: newer databases, from their makers or from a file.</summary>
internal static class GeoUpdateCommand
{
    private const int LongestKeyFile = 4096;

    public static Command Create()
    {
        var edition = new Option<string[]>("--edition")
        {
            Description = "What to fetch. A city file names the same countries and is ten times as large.",
            DefaultValueFactory = _ => ["country", "asn"],
            AllowMultipleArgumentsPerToken = true,
            HelpName = "country|asn|city",
        };
        edition.AcceptOnlyFromAmong([.. DatabaseDownload.Editions]);
        var account = new Option<long?>("--account-id") { Description = "Fetch MaxMind's GeoLite2 with this account instead of DB-IP Lite.", HelpName = "NUMBER" };
        var key = new Option<string?>("--licence-key-file") { Description = "A file whose first line is that account's licence key.", HelpName = "FILE" };
        var from = new Option<string?>("--from")
        {
            Description = "Take a file that was fetched elsewhere (mmdb, mmdb.gz, tar, tar.gz) instead; no network is used.",
            HelpName = "FILE",
        };
        var address = new Option<string?>("--source-address") { Description = "Where the maker's files are mirrored.", HelpName = "URL", Hidden = true };
        var command = new Command("update", "Fetches newer databases into the --geo-data folder: DB-IP Lite without an account, or GeoLite2.") { edition, account, key, from, address };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetValue(CommonOptions.GeoData)!;
            using var updater = new GeoUpdater(folder, TimeProvider.System);
            if (parsed.GetValue(from) is { } file)
            {
                await SayAsync(await updater.InstallAsync(file, cancellation));
                return ExitCode.Done;
            }

            foreach (var download in Downloads(parsed.GetValue(edition)!, parsed.GetValue(account), parsed.GetValue(key), AddressOf(parsed.GetValue(address))))
            {
                await Console.Error.WriteLineAsync($"Fetching {download.Name} from {download.Addresses[0].Host} …");
                await SayAsync(await updater.DownloadAsync(download, cancellation));
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <exception cref="InputException">Account and key don't belong together, or the file has no key.</exception>
    private static ImmutableArray<DatabaseDownload> Downloads(string[] editions, long? account, string? keyFile, Uri? address)
    {
        if (account is null && keyFile is null)
        {
            var now = TimeProvider.System.GetUtcNow();
            return [.. editions.Distinct(StringComparer.Ordinal).Select(edition => DbIpLite.Of(edition, now, address))];
        }

        if (account is not { } number || keyFile is null)
        {
            throw new InputException("GeoLite2 needs both --account-id NUMBER and --licence-key-file FILE; without them DB-IP Lite is fetched");
        }

        var key = ReadKey(keyFile);
        return [.. editions.Distinct(StringComparer.Ordinal).Select(edition => GeoLite2.Of(edition, number, key, address))];
    }

    private static Uri? AddressOf(string? text) =>
        text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new InputException($"--source-address {text}: write the address of a mirror, such as https://mirror.example/");

    private static string ReadKey(string file)
    {
        if (!File.Exists(file) || new FileInfo(file).Length > LongestKeyFile)
        {
            throw new InputException($"--licence-key-file {file}: there is no such file, or it is too long for one");
        }

        return File.ReadLines(file).FirstOrDefault()?.Trim() is { Length: > 0 } key
            ? key
            : throw new InputException($"--licence-key-file {file}: its first line is empty; write the licence key there");
    }

    private static Task SayAsync(GeoDatabaseInfo database) =>
        Console.Out.WriteLineAsync($"{database.Path}  {database.Type}, built {database.Built.UtcDateTime:yyyy-MM-dd}, {database.Size} bytes, SHA-256 {database.Sha256}");
}
