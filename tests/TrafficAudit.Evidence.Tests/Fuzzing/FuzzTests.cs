using System.Globalization;
using System.Text;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Fuzzing;

/// <summary>
/// A short run of the fuzzer for each parser, as many seconds as <c>TRAFFICAUDIT_FUZZ_SECONDS</c> says; a long one is
/// <c>dotnet run --project tests/TrafficAudit.Evidence.Tests -- fuzz warc 10</c>.
/// </summary>
[Collection(nameof(MeasuredAlone))]
public sealed class FuzzTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("TRAFFICAUDIT_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 4);

    public static TheoryData<string> Parsers => [.. FuzzTarget.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Parsers))]
    public async Task Parser_BearsWhatComes(string parser)
    {
        var count = 0L;

        var found = await Fuzzer.RunAsync(Target(parser), seed: 20261125, Duration, tried => count = tried);

        Assert.True(found is null, $"{found?.Why}\n{Convert.ToBase64String(found?.Input ?? [])}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} inputs");
        Assert.NotEqual(0, count);
    }

    [Theory]
    [MemberData(nameof(Parsers))]
    public async Task Parser_BearsWhatWasFoundBefore(string parser)
    {
        using var folder = new TemporaryFolder();
        var found = Directory.Exists(Fuzzer.FoundFolder) ? Directory.GetFiles(Fuzzer.FoundFolder, $"{parser}-*.bin") : [];
        foreach (var input in found.Select(File.ReadAllBytes).Concat(Target(parser).Corpus).Append([]).Append(Encoding.ASCII.GetBytes(new string('[', 60_000))))
        {
            Assert.Null(await Target(parser).TryAsync(input, folder.Path));
        }
    }

    private static FuzzTarget Target(string parser) => FuzzTarget.All.Single(t => t.Name == parser);
}
