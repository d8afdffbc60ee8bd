using System.Runtime.CompilerServices;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Fuzzing;

/// <summary>Gives a parser mutated inputs for a while.</summary>
internal static class Fuzzer
{
    /// <summary>Where inputs that a parser did not bear are kept: <c>parser-number.bin</c>.</summary>
    public static string FoundFolder { get; } = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Found");

    /// <summary>The first input that the parser does not bear, and why; null when it bore all.</summary>
    /// <param name="target">The parser.</param>
    /// <param name="seed">The same seed gives the same inputs.</param>
    /// <param name="duration">How long.</param>
    /// <param name="tried">Told how many inputs there were so far.</param>
    public static async Task<(byte[] Input, string Why)?> RunAsync(FuzzTarget target, int seed, TimeSpan duration, Action<long> tried)
    {
        using var folder = new TemporaryFolder();
        var mutator = new Mutator(seed, target.Corpus, target.Words);
        var started = TimeProvider.System.GetTimestamp();
        for (var count = 1L; TimeProvider.System.GetElapsedTime(started) < duration; count++)
        {
            var input = mutator.Next();
            if (await target.TryAsync(input, folder.Path) is { } why)
            {
                return (input, why);
            }

            tried(count);
        }

        return null;
    }

    /// <summary>The command <c>fuzz PARSER MINUTES [SEED]</c>: keeps what it finds.</summary>
    public static async Task<int> CommandAsync(string parser, string minutes, string seed)
    {
        if (FuzzTarget.All.FirstOrDefault(t => t.Name == parser) is not { } target || !double.TryParse(minutes, out var time) || !int.TryParse(seed, out var number))
        {
            await Console.Error.WriteLineAsync($"fuzz PARSER MINUTES [SEED]; the parsers are {string.Join(", ", FuzzTarget.All.Select(t => t.Name))}");
            return 2;
        }

        var count = 0L;
        var found = await RunAsync(target, number, TimeSpan.FromMinutes(time), tried => count = tried);
        Console.WriteLine($"{parser}: {count} inputs{(found is null ? ", all borne" : "")}");
        if (found is not { } failure)
        {
            return 0;
        }

        Directory.CreateDirectory(FoundFolder);
        var path = Path.Combine(FoundFolder, $"{parser}-{number}-{count}.bin");
        await File.WriteAllBytesAsync(path, failure.Input);
        await Console.Error.WriteLineAsync($"{path}: {failure.Why}");
        return 1;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
