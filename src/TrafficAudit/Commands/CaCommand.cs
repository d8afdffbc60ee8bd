using System.CommandLine;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.CommandLine;

namespace TrafficAudit.Commands;

/// <summary><c>ca show</c> and <c>ca export</c>: the certificate authority that phones under test trust.</summary>
internal static class CaCommand
{
    public static Command Create() => new("ca", "The certificate authority that phones under test must trust.") { Show(), Export() };

    private static Command Show()
    {
        var command = new Command("show", "Shows the authority's name, validity and fingerprint.");
        command.SetAction(async (parsed, _) =>
        {
            using var authority = CertificateAuthority.LoadOrCreate(parsed.GetValue(CommonOptions.Home)!, TimeProvider.System);
            await Console.Out.WriteLineAsync($"Subject     {authority.Certificate.Subject}");
            await Console.Out.WriteLineAsync($"Valid       {authority.NotBefore.UtcDateTime:yyyy-MM-dd} to {authority.NotAfter.UtcDateTime:yyyy-MM-dd}");
            await Console.Out.WriteLineAsync($"SHA-256     {authority.Sha256Fingerprint}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Export()
    {
        var output = new Option<string>("--out")
        {
            Description = "The file to write: PEM, or DER when its name ends in .crt, .cer or .der.",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command("export", "Writes the authority's certificate, without its key, to a file.") { output };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var authority = CertificateAuthority.LoadOrCreate(parsed.GetValue(CommonOptions.Home)!, TimeProvider.System);
            var file = parsed.GetValue(output)!;
            try
            {
                if (Path.GetExtension(file).ToLowerInvariant() is ".crt" or ".cer" or ".der")
                {
                    await File.WriteAllBytesAsync(file, authority.Der, cancellation);
                }
                else
                {
                    await File.WriteAllTextAsync(file, authority.Pem, cancellation);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InputException($"{file} can't be written: {e.Message}", e);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
