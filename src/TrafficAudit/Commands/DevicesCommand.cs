using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using TrafficAudit.Capture.Doors;
using TrafficAudit.CommandLine;
using TrafficAudit.Logging;
using TrafficAudit.Results;
using TrafficAudit.Review;
using TrafficAudit.Running;

namespace TrafficAudit.Commands;

/// <summary>
/// <c>devices</c>: the paired phones, listed, renamed, blocked. Beside a running recording it asks that; otherwise it works on the list in the
/// home folder.
/// </summary>
internal static class DevicesCommand
{
    private static readonly string[] Columns = ["Device", "Name", "Address", "Paired", "State", "Session", "Phase", "Flows", "Checks"];

    public static Command Create()
    {
        var format = CommonOptions.Format("table", "json");
        var command = new Command("devices", "Lists the paired phones.") { format };
        command.SetAction(async (parsed, cancellation) =>
        {
            var devices = await ListAsync(parsed.GetValue(CommonOptions.Home)!, cancellation);
            await using var output = Console.OpenStandardOutput();
            if (parsed.GetValue(format) == "json")
            {
                await JsonArrayOutput.WriteArrayAsync(output, devices.ToAsyncEnumerable(), RunningJson.Default.DeviceRow, cancellation);
            }
            else
            {
                var width = Console.IsOutputRedirected ? (int?)null : Console.WindowWidth;
                await TableOutput.WriteAsync(output, width, Columns, devices.Select(Cells).ToAsyncEnumerable(), int.MaxValue, "", cancellation);
            }

            return ExitCode.Done;
        });
        command.Add(Rename());
        command.Add(Change("block", "Forwards nothing of a phone any more; what it has open is closed.", (r, id, stop) => r.SetDeviceBlockedAsync(id, isBlocked: true, stop), (p, id) => p.Block(id)));
        command.Add(Change("unblock", "Serves a blocked phone again.", (r, id, stop) => r.SetDeviceBlockedAsync(id, isBlocked: false, stop), (p, id) => p.Unblock(id)));
        return command;
    }

    private static Argument<string> Device() => new("device") { Description = "The device's id, or its name when no other has it.", HelpName = "ID" };

    private static Command Rename()
    {
        var device = Device();
        var name = new Argument<string>("name") { Description = "Its new name.", HelpName = "NAME" };
        var command = new Command("rename", "Gives a phone another name.") { device, name };
        command.SetAction((parsed, cancellation) =>
        {
            var newName = parsed.GetValue(name)!.Trim();
            if (newName.Length is 0 or > 64)
            {
                throw new InputException("A device's name has 1 to 64 characters");
            }

            return ApplyAsync(
                parsed.GetValue(CommonOptions.Home)!, parsed.GetValue(device)!, (r, id, stop) => r.RenameDeviceAsync(id, newName, stop), (p, id) => p.Rename(id, newName), cancellation);
        });
        return command;
    }

    private static Command Change(
        string name, string description, Func<RunningCase, string, CancellationToken, Task> beside, Func<Pairing, string, bool> alone)
    {
        var device = Device();
        var command = new Command(name, description) { device };
        command.SetAction((parsed, cancellation) =>
            ApplyAsync(parsed.GetValue(CommonOptions.Home)!, parsed.GetValue(device)!, beside, alone, cancellation));
        return command;
    }

    private static async Task<IReadOnlyList<DeviceRow>> ListAsync(string home, CancellationToken cancellation)
    {
        if (await RecordingsAsync(home, cancellation) is [var first, ..])
        {
            return first.Devices;
        }

        using var loggers = ProgramLog.Create(null, isVerbose: false);
        using var pairing = Open(home, loggers);
        return [.. pairing.Devices.Select(DeviceDesk.RowOf)];
    }

    /// <summary>Each running recording has a list of its own, so each that knows the device is told.</summary>
    private static async Task<int> ApplyAsync(
        string home, string text, Func<RunningCase, string, CancellationToken, Task> beside, Func<Pairing, string, bool> alone, CancellationToken cancellation)
    {
        var recordings = await RecordingsAsync(home, cancellation);
        if (recordings.Count > 0)
        {
            var id = DeviceChoice.Of(recordings.SelectMany(r => r.Devices).DistinctBy(d => d.Id), text, d => d.Id, d => d.Name).Id;
            foreach (var (running, _) in recordings.Where(r => r.Devices.Any(d => d.Id == id)))
            {
                await beside(running, id, cancellation);
            }

            return ExitCode.Done;
        }

        using var loggers = ProgramLog.Create(null, isVerbose: false);
        using var pairing = Open(home, loggers);
        alone(pairing, DeviceChoice.Of(pairing.Devices, text, d => d.Id, d => d.Name).Id);
        return pairing.IsSaved ? ExitCode.Done : throw new InputException($"The list of devices in {home} can't be written");
    }

    private static async Task<List<(RunningCase Running, DeviceRow[] Devices)>> RecordingsAsync(string home, CancellationToken cancellation)
    {
        var recordings = new List<(RunningCase, DeviceRow[])>();
        foreach (var running in await RunningCase.FindAllAsync(home, cancellation))
        {
            if (await running.DevicesAsync(cancellation) is { } devices)
            {
                recordings.Add((running, devices));
            }
        }

        return recordings;
    }

    private static Pairing Open(string home, ILoggerFactory loggers) =>
        new(home, TimeProvider.System, RandomNumberGenerator.Create(), loggers.CreateLogger<Pairing>());

    private static string[] Cells(DeviceRow device) =>
    [
        device.Id,
        device.Name,
        string.Join(' ', device.Addresses),
        $"{device.PairedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}",
        device.Blocked ? "blocked" : "served",
        device.Session ?? "",
        device.Phase ?? "",
        $"{device.Flows}",
        string.Join(' ', device.Checks.Where(c => c.Passed).Select(c => c.Check)),
    ];
}
