using System.Text.Json;

namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>The numbers of a case's flows, as <c>flows</c> lists them.</summary>
internal static class FlowNumbers
{
    public static async Task<List<long>> OfAsync(Laboratory lab, string caseName, string filter = "")
    {
        var flows = await Built.RunAsync(lab, "flows", "--case", caseName, "--filter", filter, "--format", "ndjson");
        Assert.Equal((0, ""), (flows.ExitCode, flows.Error));
        return [.. flows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Number)];
    }

    private static long Number(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("flow").GetInt64();
    }
}
