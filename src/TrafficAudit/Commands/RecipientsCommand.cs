using System.CommandLine;
using System.Net;
using TrafficAudit.CommandLine;
using TrafficAudit.Geolocation.Recipients;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;

namespace TrafficAudit.Commands;

/// <summary><c>recipients test</c>: which organisation is behind a host, and by which basis.</summary>
internal static class RecipientsCommand
{
    public static Command Create() => new("recipients", "The organisations behind host names.") { Test() };

    private static Command Test()
    {
        var hosts = new Argument<string[]>("hosts") { Description = "Host names or IP addresses.", Arity = ArgumentArity.OneOrMore, HelpName = "HOST" };
        var command = new Command("test", "Says which organisation a host is taken for, where its company and group sit, and by which basis. No name is looked up.") { hosts };
        command.SetAction(async (parsed, _) =>
        {
            using var sources = CommonOptions.SourcesOf(parsed);
            foreach (var host in parsed.GetValue(hosts)!)
            {
                await Console.Out.WriteLineAsync(sources.Recipients.Match(host) is { } match ? Known(host, match) : Unknown(host, sources));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string Known(string host, RecipientMatch match)
    {
        var entry = match.Entry;
        return $"""
            {host}  {entry.Organisation}
              basis         the directory: {match.Suffix} and everything under it
              legal entity  {entry.LegalEntity ?? "not known"} ({entry.Country ?? "country not certain"})
              group         {entry.Group ?? "none known"} ({entry.GroupCountry ?? "country not certain"})
              role          {entry.Role ?? "not known"}
              source        {entry.Source ?? "none given"}
            """;
    }

    private static string Unknown(string host, DataSources sources)
    {
        var lookup = IPAddress.TryParse(host, out var address) ? sources.Databases.Find(address) : null;
        var recipient = sources.Recipients.Find(host, metadata: null, lookup);
        return $"""
            {host}  {recipient.Name}
              basis         {Basis(recipient)}
            """;
    }

    private static string Basis(Recipient recipient) => recipient.Basis switch
    {
        "domain" => "its registrable domain, as the directory does not know it; in traffic the organisation in the server's certificate comes first",
        "as_organization" => "the autonomous system of its address",
        _ => "nothing but the host itself",
    };
}
