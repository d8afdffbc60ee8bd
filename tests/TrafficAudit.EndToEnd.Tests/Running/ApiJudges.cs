namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>Judges of an API description that others have written, from npm by their versions: Redocly's rules for OpenAPI, and a generator of types with their compiler.</summary>
internal static class ApiJudges
{
    private const string Rules = """
        extends: [recommended]
        telemetry: off
        """;

    /// <summary>Installs them; null when that worked, else why not.</summary>
    public static async Task<string?> InstallAsync(Laboratory lab)
    {
        await File.WriteAllTextAsync(lab.PathOf("redocly.yaml"), Rules);
        try
        {
            var outcome = await Built.RunOtherAsync(
                "npm", "install", "--prefix", lab.Folder, "--no-audit", "--no-fund", "--loglevel", "error", "@redocly/cli@2.77.0", "openapi-typescript@7.13.0", "typescript@5.9.3");
            return outcome.ExitCode == 0 ? null : outcome.Error;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"npm is not installed (apt-get install npm): {e.Message}";
        }
    }

    /// <summary>What lint has to say.</summary>
    public static Task<Outcome> LintAsync(Laboratory lab, string document) =>
        NodeAsync(lab, "redocly", "lint", document, "--config", lab.PathOf("redocly.yaml"), "--format", "stylish");

    /// <summary>Makes types of a document.</summary>
    public static Task<Outcome> GenerateAsync(Laboratory lab, string document, string types) => NodeAsync(lab, "openapi-typescript", document, "--output", types);

    /// <summary>Compiles a program.</summary>
    public static Task<Outcome> CompileAsync(Laboratory lab, string program) => NodeAsync(lab, "tsc", "--strict", "--noEmit", "--skipLibCheck", "--target", "es2022", "--moduleResolution", "bundler", "--module", "es2022", program);

    private static Task<Outcome> NodeAsync(Laboratory lab, string tool, params IEnumerable<string> arguments) => Built.RunOtherAsync(
        "env", ["REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true", "NO_COLOR=1", Path.Combine(lab.Folder, "node_modules", ".bin", tool), .. arguments]);
}
