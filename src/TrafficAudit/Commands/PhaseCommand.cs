using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Running;

namespace TrafficAudit.Commands;

/// <summary><c>phase</c>: what happens on the phone from now on.</summary>
internal static class PhaseCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name")
        {
            Description = "before_consent, consented, refused, withdrawn, sign_up, browse, checkout, idle, or a label of your own.",
            HelpName = "NAME",
        };
        var caseName = CommonOptions.Case();
        var command = new Command("phase", "Sets the phase of the session that is being recorded.") { name, caseName };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = CaseFinder.Existing(parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(caseName)!);
            var running = await RunningCase.FindAsync(parsed.GetValue(CommonOptions.Home)!, folder, cancellation)
                ?? throw new InputException($"Nothing is being recorded in case {folder.Info.Name}; 'trafficaudit capture --case {folder.Info.Name}' starts it");
            await running.SetPhaseAsync(parsed.GetValue(name)!, cancellation);
            return ExitCode.Done;
        });
        return command;
    }
}
