using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;
using TrafficAudit.Running;
using TrafficAudit.Sealing;
using TrafficAudit.Terminal;

namespace TrafficAudit.Commands;

/// <summary><c>seal</c>: signs what a case holds so far, also while it is being recorded.</summary>
internal static class SealCommand
{
    private const int LongestTimestamp = 1024 * 1024;

    public static Command Create()
    {
        var caseName = CommonOptions.Case();
        var tsa = CommonOptions.TimestampAuthority();
        var timestamp = new Option<string?>("--timestamp")
        {
            Description = "Instead of sealing, put an authority's answer (RFC 3161) to a seal's request beside that seal.",
            HelpName = "FILE",
        };
        var command = new Command("seal", "Signs what a case holds so far.") { caseName, tsa, timestamp };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = CaseFinder.Existing(parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(caseName)!);
            if (parsed.GetValue(timestamp) is { } file)
            {
                return await AddAsync(CasePassphrase.Unlock(folder, parsed.GetValue(CommonOptions.PassphraseFile)), file, parsed, cancellation);
            }

            var authority = CommonOptions.AuthorityOf(parsed.GetValue(tsa));
            var running = await RunningCase.FindAsync(parsed.GetValue(CommonOptions.Home)!, folder, cancellation);
            if (running is not null && await running.SealAsync(authority, cancellation) is { } text)
            {
                await Console.Out.WriteLineAsync(text);
                return ExitCode.Done;
            }

            return await SealAsync(CasePassphrase.Unlock(folder, parsed.GetValue(CommonOptions.PassphraseFile)), authority, parsed, cancellation);
        });
        return command;
    }

    private static async Task<int> SealAsync(CaseFolder folder, Uri? authority, ParseResult parsed, CancellationToken cancellation)
    {
        using var key = InstallationKey.LoadOrCreate(parsed.GetValue(CommonOptions.Home)!);
        var writer = await CaseJournal.OpenAsync(folder, Recorder.Of(parsed), cancellation);
        SealOutcome outcome;
        using (var bar = ProgressLine.Start(Console.Error, "Sealing", folder.Segments.Sum(s => new FileInfo(folder.SegmentPath(s)).Length)))
        {
            long done = 0;
            var sealer = new CaseSealer(folder, key, ProgramVersion.Software, TimeProvider.System)
            {
                Authority = authority is null ? null : new TimestampAuthority(authority),
                Progress = new ImmediateProgress<long>(bytes => bar.Report(done += bytes, "")),
            };
            outcome = await writer.CloseAsync(sealer, cancellation);
        }

        await Console.Out.WriteLineAsync(SealText.Of(outcome));
        return outcome.Faults.Count > 0 || outcome.TimestampFault is not null ? ExitCode.FaultsFound : ExitCode.Done;
    }

    private static async Task<int> AddAsync(CaseFolder folder, string file, ParseResult parsed, CancellationToken cancellation)
    {
        if (!File.Exists(file) || new FileInfo(file).Length > LongestTimestamp)
        {
            throw new InputException($"--timestamp {file}: there is no such file, or it is too long for a timestamp");
        }

        try
        {
            // What stamps no seal of the case changes nothing in it; nor does anything while another process records it.
            var response = await File.ReadAllBytesAsync(file, cancellation);
            LateTimestamp.Check(folder, response);
            await using var writer = await CaseJournal.OpenAsync(folder, Recorder.Of(parsed), cancellation);
            var (seal, timestamp, journal) = LateTimestamp.Add(folder, response);
            await writer.RecordAsync(JournalKinds.Timestamped, journal, cancellation);
            await Console.Out.WriteLineAsync($"Timestamp   of seal {seal}: {SealText.Of(timestamp)}");
            return ExitCode.Done;
        }
        catch (TimestampException e)
        {
            throw new InputException($"--timestamp {file} can't be used: {e.Message}", e);
        }
    }
}
