using System.Text.Json;

namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>What <c>transfers --format json</c> says, in a form that tests compare.</summary>
internal static class Transfers
{
    /// <summary>Every (item, host, country) that the case's transfers name, sorted.</summary>
    public static async Task<List<string>> OfAsync(Laboratory lab, string caseName)
    {
        var outcome = await Built.RunAsync(lab, "transfers", "--case", caseName, "--format", "json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        return
        [
            .. json.RootElement.EnumerateArray().SelectMany(t => t.GetProperty("hosts").EnumerateArray().Select(
                h => $"{t.GetProperty("item").GetString()} {h.GetString()} {t.GetProperty("country").GetString()} {t.GetProperty("country_grade").GetString()}"))
                .Order(StringComparer.Ordinal),
        ];
    }
}
