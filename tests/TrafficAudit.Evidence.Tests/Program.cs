using TrafficAudit.Evidence.Tests;
using TrafficAudit.Evidence.Tests.Recording;
using Xunit.MicrosoftTestingPlatform;

// The tests run this very assembly again as the process that holds a case, or is killed while it records.
if (args is ["record", var folder])
{
    return await RecordingProcess.RunAsync(folder);
}

return args.Any(a => a is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
