using System.Diagnostics;
using System.Reflection;

namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>The built program, run as a user runs it.</summary>
internal static class Built
{
    public static string Program { get; } = Path.GetFullPath(Metadata("Program"));

    public static string Root { get; } = Path.GetFullPath(Metadata("Root"));

    /// <summary>Runs a command to its end.</summary>
    public static Task<Outcome> RunAsync(Laboratory lab, params IEnumerable<string> arguments) => RunAsync(StartInfo(lab, arguments));

    /// <summary>Runs a command as the README has it, with <c>dotnet run</c>, in the lab's folder.</summary>
    public static Task<Outcome> DotnetRunAsync(Laboratory lab, params IEnumerable<string> arguments)
    {
        var start = StartInfo(lab, arguments);
        start.ArgumentList.RemoveAt(0);
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(Program)))!;
        string[] run = ["run", "--no-build", "-c", configuration, "--project", Path.Combine(Root, "src", "TrafficAudit"), "--"];
        for (var i = 0; i < run.Length; i++)
        {
            start.ArgumentList.Insert(i, run[i]);
        }

        return RunAsync(start);
    }

    private static async Task<Outcome> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{string.Join(' ', start.ArgumentList)}' did not end", e);
        }

        return new Outcome(process.ExitCode, await output, await error);
    }

    public static ProcessStartInfo StartInfo(Laboratory lab, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = lab.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["HOME"] = lab.Folder;
        info.Environment["TRAFFICAUDIT_HOME"] = Path.Combine(lab.Folder, "home");
        return info;
    }

    /// <summary>Runs another program, such as curl.</summary>
    public static Task<Outcome> RunOtherAsync(string program, params IEnumerable<string> arguments) => RunOtherWithAsync(null, program, arguments);

    /// <summary>Runs another program that reads <paramref name="input"/>, which stays open until the program ends.</summary>
    public static async Task<Outcome> RunOtherWithAsync(string? input, string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = input is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            await process.StandardInput.FlushAsync();
        }

        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await error);
    }

    private static string Metadata(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}

/// <summary>How a process ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);
