using System.CommandLine;
using TrafficAudit.Commands;

namespace TrafficAudit.CommandLine;

/// <summary>All commands, and how each of them ends.</summary>
internal static class CommandTree
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        using var interrupted = new Interruption();
        try
        {
            var root = Build();
            var parsed = root.Parse(arguments);
            var completed = Settings.Load(Directory.GetCurrentDirectory()).Complete(arguments, parsed);
            parsed = ReferenceEquals(completed, arguments) ? parsed : root.Parse(completed);
            if (parsed.Errors.Count > 0)
            {
                await Console.Error.WriteLineAsync($"trafficaudit: {string.Join(' ', parsed.Errors.Select(e => OneLine(e.Message)))} See 'trafficaudit --help'.");
                return ExitCode.WrongInput;
            }

            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interrupted.Token);
        }
        catch (OperationCanceledException) when (interrupted.Token.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (Exception e) when (InputFault.Describe(e) is { } line)
        {
            await Console.Error.WriteLineAsync($"trafficaudit: {line}");
            return ExitCode.WrongInput;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"trafficaudit: internal error: {e}");
            return ExitCode.InternalError;
        }
    }

    /// <summary>The parser lists allowed values on lines of their own.</summary>
    private static string OneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static RootCommand Build() => new("Shows, and proves, which personal data an app sent, when, to whom and to which country.")
    {
        CommonOptions.Captures,
        CommonOptions.GeoData,
        CommonOptions.Home,
        CommonOptions.PassphraseFile,
        CaptureCommand.Create(),
        ImportCommand.Create(),
        AnalyzeCommand.Create(),
        ReviewCommand.Create(),
        CasesCommand.Create(),
        PhaseCommand.Create(),
        DevicesCommand.Create(),
        PersonaCommand.Create(),
        ItemsCommand.Create(),
        ResultCommands.Flows(),
        ResultCommands.Show(),
        ResultCommands.Explain(),
        ResultCommands.Findings(),
        ResultCommands.Transfers(),
        ResultCommands.Coverage(),
        CorrelateCommand.Create(),
        DecideCommand.Create(),
        ResultCommands.Decisions(),
        ExportCommand.Create(),
        RulesCommand.Create(),
        GeoCommand.Create(), DoctorCommand.Create(),
        JurisdictionCommand.Create(),
        RecipientsCommand.Create(),
        CaCommand.Create(),
        SealCommand.Create(),
        VerifyCommand.Create(),
        EraseCommand.Create(),
        FirewallCommand.Create(),
        UsersCommand.Create(),
        TokensCommand.Create(),
    };
}
