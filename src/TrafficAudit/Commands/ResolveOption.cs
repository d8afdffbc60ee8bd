using System.CommandLine;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.CommandLine;

namespace TrafficAudit.Commands;

/// <summary><c>--resolve</c>: names that are answered without DNS.</summary>
internal static class ResolveOption
{
    public static Option<string[]> Create() => new("--resolve") { Description = "Answer a name (or *.suffix) without DNS.", HelpName = "HOST:ADDRESS" };

    /// <exception cref="InputException">A value is none.</exception>
    public static ResolveRules Of(ParseResult parsed, Option<string[]> option)
    {
        try
        {
            return ResolveRules.Parse(parsed.GetValue(option) ?? []);
        }
        catch (FormatException e)
        {
            throw new InputException(e.Message, e);
        }
    }
}
