namespace TrafficAudit.Benchmarks.Servers;

/// <summary>Servers live as long as the standard input that their starter holds open, so that none outlives it.</summary>
internal static class StandardInput
{
    public static async Task EndAsync()
    {
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null);
    }
}
