using TrafficAudit.Evidence.Tests;
using TrafficAudit.Evidence.Tests.Fuzzing;
using TrafficAudit.Evidence.Tests.Recording;
using Xunit.MicrosoftTestingPlatform;

// The tests run this very assembly again as the process that holds a case, or is killed while it records.
if (args is ["record", var folder])
{
    return await RecordingProcess.RunAsync(folder);
}

if (args is ["fuzz", var parser, var minutes, .. var seed])
{
    return await Fuzzer.CommandAsync(parser, minutes, seed is [var given] ? given : "1");
}

return args.Any(a => a is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
