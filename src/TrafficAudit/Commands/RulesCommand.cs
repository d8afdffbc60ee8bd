using System.CommandLine;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.CommandLine;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Results;

namespace TrafficAudit.Commands;

/// <summary><c>rules list</c>, <c>rules test</c> and <c>rules explain</c>: what lies where in requests to known endpoints.</summary>
internal static class RulesCommand
{
    public static Command Create() => new("rules", "The rules that say what lies where in requests to known endpoints.") { List(), Test(), Explain() };

    private static Command List()
    {
        var command = new Command("list", "Lists the rules in use, those of the captures folder (rules/*.yaml) after the built-in ones.");
        command.SetAction(async (parsed, cancellation) =>
        {
            var rules = Load(parsed).Describe();
            await using var output = Console.OpenStandardOutput();
            await TableOutput.WriteAsync(
                output, Console.IsOutputRedirected ? null : Console.WindowWidth, ["Rule", "Pack", "Recipient", "Checked", "Endpoints"],
                rules.Select(Cells).ToAsyncEnumerable(), int.MaxValue, $"{rules.Count} rules", cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Test()
    {
        var files = new Argument<string[]>("files") { Description = "Packs of rules (YAML). Without: all rules in use.", Arity = ArgumentArity.ZeroOrMore, HelpName = "FILE" };
        var command = new Command("test", "Runs the rules' examples, the built-in ones' too, and says which fail.") { files };
        command.SetAction(async (parsed, _) =>
        {
            var given = parsed.GetValue(files) ?? [];
            if (given.FirstOrDefault(file => !File.Exists(file)) is { } missing)
            {
                throw new InputException($"{missing} is not there: name packs of rules (YAML)");
            }

            var (rules, faults) = given.Length > 0 ? RuleSet.Check(given) : Tested(Load(parsed));
            foreach (var fault in faults)
            {
                await Console.Out.WriteLineAsync(fault);
            }

            var all = rules.Describe();
            await Console.Out.WriteLineAsync($"{all.Count} rules, {all.Sum(rule => rule.Examples)} examples, {faults.Count} fail");
            return faults.Count == 0 ? ExitCode.Done : ExitCode.FaultsFound;
        });
        return command;
    }

    private static Command Explain()
    {
        var id = new Argument<string>("id") { Description = "The rule, as 'rules list' and findings' reasons name it.", HelpName = "ID" };
        var command = new Command("explain", "Says what a rule looks for, where, and how that is known.") { id };
        command.SetAction(async (parsed, _) =>
        {
            var rule = Load(parsed).Describe().FirstOrDefault(rule => rule.Id == parsed.GetValue(id))
                ?? throw new InputException($"There is no rule {parsed.GetValue(id)}; 'trafficaudit rules list' lists them");
            await Console.Out.WriteLineAsync(
                $"""
                {rule.Id}
                  recipient  {rule.Recipient}
                  pack       {rule.Pack} {rule.Version} ({rule.File})
                  source     {rule.Source}
                  checked    {(rule.IsUnchecked ? "no: its findings are likely, no more" : "yes: its findings are certain")}
                  looks at   {Token.Of(rule.Message)} of {string.Join(", ", rule.Endpoints)}
                """);
            foreach (var place in rule.Places)
            {
                var source = place.Source.Length == 0 ? "" : $"  ({place.Source})";
                await Console.Out.WriteLineAsync($"  {string.Join('|', place.Items)}  {place.Part}:{place.Path}{source}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static (RuleSet Rules, IReadOnlyList<string> Faults) Tested(RuleSet rules) => (rules, rules.TestExamples());

    private static RuleSet Load(ParseResult parsed) => RuleSet.Load(DataSources.RulesOf(parsed.GetValue(CommonOptions.Captures)!));

    private static string[] Cells(RuleDescription rule) =>
        [rule.Id, $"{rule.Pack} {rule.Version}", rule.Recipient, rule.IsUnchecked ? "no" : "yes", string.Join(", ", rule.Endpoints)];
}
