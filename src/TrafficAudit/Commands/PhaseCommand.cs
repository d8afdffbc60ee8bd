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
        var device = new Option<string?>("--device")
        {
            Description = "Only of this device's session: its id, or its name. Default: of all sessions, and of those that begin later.",
            HelpName = "NAME|ID",
        };
        var command = new Command("phase", "Sets the phase of the sessions that are being recorded.") { name, caseName, device };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = CaseFinder.Existing(parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(caseName)!);
            var running = await RunningCase.FindAsync(parsed.GetValue(CommonOptions.Home)!, folder, cancellation)
                ?? throw new InputException($"Nothing is being recorded in case {folder.Info.Name}; 'trafficaudit capture --case {folder.Info.Name}' starts it");
            await running.SetPhaseAsync(parsed.GetValue(name)!, parsed.GetValue(device), cancellation);
            return ExitCode.Done;
        });
        return command;
    }
}
