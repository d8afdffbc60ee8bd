using System.Diagnostics;

namespace TrafficAudit.Capture.Tests.Certificates;

/// <summary>The openssl program: a second opinion on what this program signs.</summary>
internal static class OpenSsl
{
    /// <summary>Runs it and returns what it printed, on both streams; a failure is an exception that carries the text.</summary>
    public static async Task<string> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var text = await output + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"openssl {arguments[0]} ended with {process.ExitCode}: {text}");
    }
}
