namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>A lab with a copy of the committed sample case.</summary>
public sealed class SampleLab : IDisposable
{
    public const string Case = "sample";

    public SampleLab()
    {
        Directory.CreateDirectory(Folder);
        foreach (var name in new[] { "case.json", "evidence-00001.warc.gz", "persona.json" })
        {
            File.Copy(Path.Combine(Built.Root, "captures", "sample", name), Path.Combine(Folder, name));
        }
    }

    internal Laboratory Lab { get; } = new();

    public string Folder => Path.Combine(Lab.Folder, "captures", Case);

    public string Persona => Path.Combine(Folder, "persona.json");

    /// <summary>Whose values must not be in a redacted file.</summary>
    internal static Model.Persona Shopper => Testing.Har.Shopper.Persona;

    /// <summary>Exports the case; the file's path.</summary>
    internal async Task<string> ExportAsync(string format, params string[] options)
    {
        var path = Lab.PathOf($"{Guid.NewGuid():N}.{format}");
        var outcome = await Built.RunAsync(Lab, ["export", "--case", Case, "--format", format, "--out", path, .. options]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Empty(outcome.Output);
        return path;
    }

    public void Dispose() => Lab.Dispose();
}
