using System.CommandLine;
using TrafficAudit.Capture.Names;
using TrafficAudit.CommandLine;

namespace TrafficAudit.Commands;

/// <summary><c>--dns</c>: the name servers that are asked instead of the system.</summary>
internal static class DnsOption
{
    public static Option<string[]> Create() => new("--dns")
    {
        Description = "Ask this name server instead of the system's resolver; further ones where it doesn't answer.",
        HelpName = "ADDRESS[:PORT]",
    };

    /// <exception cref="InputException">A value is none.</exception>
    public static DnsServers? Of(ParseResult parsed, Option<string[]> option, TimeProvider time)
    {
        try
        {
            return DnsServers.Parse(parsed.GetValue(option) ?? [], time);
        }
        catch (FormatException e)
        {
            throw new InputException(e.Message, e);
        }
    }
}
