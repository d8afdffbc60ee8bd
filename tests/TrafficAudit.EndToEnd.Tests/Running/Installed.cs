namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>Programs that tests need beside the SDK.</summary>
internal static class Installed
{
    /// <summary>Skips the test where a program is missing; not in CI, which installs it.</summary>
    public static void SkipWithout(string program, string package)
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", $"{program} is not installed (apt-get install {package})");
        }
    }
}
