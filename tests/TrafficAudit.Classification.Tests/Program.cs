using TrafficAudit.Classification.Tests;
using TrafficAudit.Classification.Tests.Corpus.Scoring;
using TrafficAudit.Classification.Tests.Fuzzing;
using Xunit.MicrosoftTestingPlatform;

if (args is ["fuzz", var minutes, .. var seed])
{
    return DecodingFuzzer.Command(minutes, seed is [var given] ? given : "1");
}

if (args is ["corpus", .. var rest])
{
    return CorpusReport.Command(withMistakes: rest is ["mistakes"]);
}

return args.Any(a => a is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
