using System.CommandLine;
using System.Net;
using TrafficAudit.CommandLine;
using TrafficAudit.Model;

namespace TrafficAudit.Commands;

/// <summary><c>geo</c>: the databases that locate servers, and <c>geo lookup</c>: what they say of an address.</summary>
internal static class GeoCommand
{
    public static Command Create() => new("geo", "The databases that locate servers.") { GeoStatusCommand.Create(), Lookup(), GeoUpdateCommand.Create() };

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
                    await Console.Out.WriteLineAsync($"  {observation.Name}  {Said(observation)}  built {observation.Built?.UtcDateTime:yyyy-MM-dd}");
                }

                if (sources.Tables.Networks.Find(address, lookup.Asn, host: "", names: []) is { } carrier)
                {
                    await Console.Out.WriteLineAsync($"  {carrier.Name}  {Token.Of(carrier.Kind)}, by its {Token.Of(carrier.Basis)}");
                }
            }

            await Console.Out.WriteLineAsync(sources.Attribution);
            return ExitCode.Done;
        });
        return command;
    }

    private static string Said(Observation observation) => observation.Source == "database" ? observation.Country ?? "-" : observation.Source.Replace('_', ' ');
}
