using TrafficAudit.EndToEnd.Tests.Journeys;
using Xunit.MicrosoftTestingPlatform;

if (args is ["screenshots", var folder])
{
    return await Screenshots.TakeAsync(folder);
}

return args.Any(a => a is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, TrafficAudit.EndToEnd.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
