using System.CommandLine;
using System.Net;
using TrafficAudit.CommandLine;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;

namespace TrafficAudit.Commands;

/// <summary><c>geo status</c> and <c>geo lookup</c>: the databases, and what they say of an address.</summary>
internal static class GeoCommand
{
    public static Command Create() => new("geo", "The databases that locate servers.") { Status(), Lookup() };

    private static Command Status()
    {
        var command = new Command("status", "Lists the databases in use, best first.");
        command.SetAction(async (parsed, _) =>
        {
            using var sources = CommonOptions.SourcesOf(parsed);
            foreach (var database in sources.Databases.Databases)
            {
                await Console.Out.WriteLineAsync($"{database.Name}  ({database.Path ?? "built in"})");
                await Console.Out.WriteLineAsync($"  type     {database.Type}");
                await Console.Out.WriteLineAsync($"  built    {database.Built.UtcDateTime:yyyy-MM-dd HH:mm}Z");
                await Console.Out.WriteLineAsync($"  size     {database.Size} bytes");
                await Console.Out.WriteLineAsync($"  SHA-256  {database.Sha256}");
                if (database.Licence is not null)
                {
                    await Console.Out.WriteLineAsync($"  licence  {database.Licence}");
                }

                if (database.Attribution is not null)
                {
                    await Console.Out.WriteLineAsync($"  source   {database.Attribution} {database.AttributionLink}");
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Lookup()
    {
        var addresses = new Argument<string[]>("addresses") { Description = "IP addresses.", Arity = ArgumentArity.OneOrMore, HelpName = "IP" };
        var command = new Command("lookup", "Shows what every database says of an address.") { addresses };
        command.SetAction(async (parsed, _) =>
        {
            using var sources = CommonOptions.SourcesOf(parsed);
            foreach (var text in parsed.GetValue(addresses)!)
            {
                if (!IPAddress.TryParse(text, out var address))
                {
                    throw new InputException($"{text} is no IP address");
                }

                var lookup = sources.Databases.Find(address);
                var network = lookup.Asn is null ? "" : $"  AS{lookup.Asn} {lookup.AsOrganization}";
                await Console.Out.WriteLineAsync($"{lookup.Address}  {lookup.Country ?? "?"} ({Token.Of(lookup.Grade)}){network}");
                foreach (var observation in lookup.Observations)
                {
                    await Console.Out.WriteLineAsync($"  {observation.Name}  {observation.Country ?? "-"}  built {observation.Built?.UtcDateTime:yyyy-MM-dd}");
                }
            }

            await Console.Out.WriteLineAsync(sources.Attribution);
            return ExitCode.Done;
        });
        return command;
    }
}
