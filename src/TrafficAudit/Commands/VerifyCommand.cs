using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Sealing;
using TrafficAudit.Terminal;

namespace TrafficAudit.Commands;

/// <summary><c>verify</c>: reads all of a case again and says what is not as it was recorded or sealed.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var caseName = CommonOptions.Case();
        var key = new Option<string?>("--key") { Description = "The fingerprint (SHA-256) that the newest seal's key must have.", HelpName = "FINGERPRINT" };
        var roots = new Option<string[]>("--tsa-ca") { Description = "Certificates (PEM) to which timestamps must lead.", HelpName = "FILE" };
        var every = new Option<bool>("--every-record") { Description = "Look at every record by itself also where the sealed bytes are unchanged." };
        var format = CommonOptions.Format("text", "json");
        var command = new Command("verify", "Reads all of a case again and says what is not as it was recorded or sealed.") { caseName, key, roots, every, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (captures, name) = (parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(caseName)!);
            var folder = CaseFolder.FindToVerify(captures, name)
                ?? throw new InputException($"There is no case {name} in {captures}; 'trafficaudit cases --captures {captures}' lists those there are");
            folder = CasePassphrase.UnlockIfGiven(folder, parsed.GetValue(CommonOptions.PassphraseFile));
            var options = new VerifyOptions
            {
                Key = parsed.GetValue(key),
                TimestampRoots = parsed.GetValue(roots) is { Length: > 0 } files ? PemRoots.Read(files, "--tsa-ca") : null,
                EveryRecord = parsed.GetValue(every),
            };
            var result = await VerifyAsync(new CaseVerifier(folder, options), cancellation);
            if (parsed.GetValue(format) == "json")
            {
                await using var output = Console.OpenStandardOutput();
                await VerifyOutput.WriteJsonAsync(output, result, cancellation);
            }
            else
            {
                await Console.Out.WriteLineAsync(VerifyOutput.Text(folder, result, options));
            }

            return result.FaultCount == 0 ? ExitCode.Done : ExitCode.FaultsFound;
        });
        return command;
    }

    private static async Task<VerifyResult> VerifyAsync(CaseVerifier verifier, CancellationToken cancellation)
    {
        using var bar = ProgressLine.Start(Console.Error, "Verifying", verifier.Bytes);
        var barLock = new Lock();
        long done = 0;
        return await verifier.RunAsync(
            bytes =>
            {
                lock (barLock)
                {
                    bar.Report(done += bytes, "");
                }
            },
            cancellation);
    }
}
