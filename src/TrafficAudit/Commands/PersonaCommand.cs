using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Classification.Personas;
using TrafficAudit.CommandLine;
using TrafficAudit.Model;
using TrafficAudit.Results;

namespace TrafficAudit.Commands;

/// <summary><c>persona</c>: makes test identities, and says what their values are worth.</summary>
internal static class PersonaCommand
{
    public static Command Create() => new("persona", "Makes a test identity, or checks one.") { New(), Check() };

    private static Command New()
    {
        var output = new Option<string>("--out") { Description = "The persona file to write; it must not exist.", HelpName = "FILE", Required = true };
        var foreign = new Option<bool>("--foreign") { Description = "Not a Korean identity." };
        var name = new Option<string?>("--name") { Description = "What the persona is called (default: its own name).", HelpName = "NAME" };
        var command = new Command("new", "Writes an invented identity: valid in form, rare, and clearly nobody's.") { output, foreign, name };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(output)!;
            var maker = new PersonaMaker(new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
            var persona = parsed.GetValue(foreign) ? maker.Foreign(parsed.GetValue(name)) : maker.Korean(parsed.GetValue(name));
            try
            {
                await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                await JsonArrayOutput.WriteObjectAsync(file, persona, ModelJson.Default.Persona, cancellation);
            }
            catch (IOException e)
            {
                throw new InputException($"--out {path} can't be written ({e.Message})", e);
            }

            await Console.Out.WriteLineAsync($"{path}: {Counted.Of(persona.Values.Length, "value")}. Add what the phone itself has (gaid, android_id, phone …), and check it: trafficaudit persona check {path}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Check()
    {
        var file = new Argument<string>("file") { Description = "The persona file.", HelpName = "FILE" };
        var command = new Command("check", "Says which values are too short or too common to trust; exit code 1 when one should be replaced.") { file };
        command.SetAction(async (parsed, cancellation) =>
        {
            var values = PersonaCheck.Of(PersonaFile.Read(parsed.GetValue(file)!));
            await using var output = Console.OpenStandardOutput();
            await TableOutput.WriteAsync(
                output, Console.IsOutputRedirected ? null : Console.WindowWidth, ["Item", "Worth", "Bits", "Why"],
                values.Select(v => new[] { v.Item, Word(v.Trust), $"{v.Bits:0}", v.Remark }).ToAsyncEnumerable(), int.MaxValue, Summary(values.Count(v => v.IsFault)), cancellation);
            return values.Any(v => v.IsFault) ? ExitCode.FaultsFound : ExitCode.Done;
        });
        return command;
    }

    private static string Word(ValueTrust trust) => trust switch
    {
        ValueTrust.Strong => "strong",
        ValueTrust.Weak => "weak",
        ValueTrust.TooShort => "too short",
        _ => "too common",
    };

    private static string Summary(int faults) => faults == 0 ? "" : $"{Counted.Of(faults, "value")} should be replaced by longer or rarer ones.";
}
