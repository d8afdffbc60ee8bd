using System.Text.Json;

namespace TrafficAudit.Benchmarks.Reviewing;

/// <summary>What a running program says in its home folder, for commands beside it.</summary>
internal static class RunningProgram
{
    /// <summary>Waits until the program answers there, and gives the link that lets a browser in.</summary>
    public static async Task<Uri> LinkAsync(string home, TimeProvider time, CancellationToken cancellation)
    {
        var (address, token) = await FindAsync(home, time, cancellation);
        return new Uri(address, $"?token={token}");
    }

    /// <summary>Waits until the program answers there, and gives its address and its token.</summary>
    public static async Task<(Uri Address, string Token)> FindAsync(string home, TimeProvider time, CancellationToken cancellation)
    {
        var running = Path.Combine(home, "running");
        while (!Directory.Exists(running) || !Directory.EnumerateFiles(running).Any())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellation);
        }

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Directory.EnumerateFiles(running).First(), cancellation));
        return (new Uri(json.RootElement.GetProperty("address").GetString()!), json.RootElement.GetProperty("token").GetString()!);
    }
}
