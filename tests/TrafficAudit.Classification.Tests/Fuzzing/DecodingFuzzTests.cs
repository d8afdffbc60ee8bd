using System.Text;

namespace TrafficAudit.Classification.Tests.Fuzzing;

/// <summary>
/// A short run of the decoders' fuzzer; a longer one is <c>dotnet run --project tests/TrafficAudit.Classification.Tests -- fuzz 10</c>.
/// </summary>
public sealed class DecodingFuzzTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    [Fact]
    public void Decoders_BearWhatComes()
    {
        var count = 0L;

        var found = DecodingFuzzer.Run(seed: 20261125, Duration, tried => count = tried);

        output.WriteLine($"{count} bodies");
        Assert.True(found is null, $"{found?.Why}\n{Convert.ToBase64String(found?.Input ?? [])}");
        Assert.NotEqual(0, count);
    }

    [Fact]
    public void Decoders_BearWhatWasFoundBefore()
    {
        var found = Directory.Exists(DecodingFuzzer.FoundFolder) ? Directory.GetFiles(DecodingFuzzer.FoundFolder, "*.bin") : [];
        foreach (var input in found.Select(File.ReadAllBytes).Concat(FuzzCorpus.Bodies).Concat(FuzzCorpus.Words).Append([]).Append(Encoding.ASCII.GetBytes(new string('[', 60_000))))
        {
            Assert.Null(DecodingFuzzer.Try(input));
        }
    }
}
