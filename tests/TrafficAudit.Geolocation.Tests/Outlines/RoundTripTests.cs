using System.Diagnostics;
using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Tests.Outlines;

public sealed class RoundTripTests(ITestOutputHelper output)
{
    private static readonly WorldOutlines World = WorldOutlines.Load(null);

    private static readonly GeoPosition Seoul = new(37.57, 126.98);

    [Theory]
    [InlineData("KR", 3, RoundTripJudgement.Open)] // Tsushima and the north are as near
    [InlineData("US", 3, RoundTripJudgement.Refutes)]
    [InlineData("JP", 3, RoundTripJudgement.Refutes)] // 359 km reach; Tsushima is further
    [InlineData("JP", 30, RoundTripJudgement.Open)]
    [InlineData("US", 130, RoundTripJudgement.Open)]
    [InlineData("IE", 60, RoundTripJudgement.Refutes)]
    [InlineData("ZZ", 1, RoundTripJudgement.Open)]
    [InlineData("EU", 1, RoundTripJudgement.Open)]
    [InlineData("US", 0, RoundTripJudgement.Open)]
    [InlineData("US", -3, RoundTripJudgement.Open)]
    public void SeenFromSeoul(string country, double milliseconds, RoundTripJudgement expected) =>
        Assert.Equal(expected, new RoundTripBound(World, Seoul).Judge(country, TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData("-33.87,151.21", "AU", 3)] // Sydney
    [InlineData("21.31,-157.86", "US", 10)] // Honolulu
    [InlineData("64.15,-21.94", "IS", 4)] // Reykjavik
    [InlineData("25.04,121.51", "TW", 0.4)] // Taipei
    [InlineData("-21.1,55.5", "RE", 1)] // Mauritius is 180 km away
    public void ServerThatCanBeNowhereElse_IsConfirmed(string lab, string country, double milliseconds)
    {
        var bound = new RoundTripBound(World, GeoPosition.Parse(lab)!);
        var roundTrip = TimeSpan.FromMilliseconds(milliseconds);

        Assert.Equal(RoundTripJudgement.Confirms, bound.Judge(country, roundTrip));
        Assert.All(World.Countries.Where(other => other != country), other => Assert.NotEqual(RoundTripJudgement.Confirms, bound.Judge(other, roundTrip)));
    }

    [Theory]
    [InlineData("44.6,33.53", "UA", "RU")] // Sevastopol
    [InlineData("42.66,21.17", "RS", "XK")] // Prishtina
    [InlineData("27.15,-13.2", "MA", "EH")] // Laayoune
    [InlineData("31.78,35.22", "IL", "PS")] // Jerusalem
    [InlineData("27.6,93.8", "IN", "CN")] // Itanagar
    [InlineData("35.34,33.32", "CY", "TR")] // Girne
    [InlineData("-51.7,-57.85", "FK", "AR")] // Stanley
    [InlineData("34.08,74.8", "IN", "PK")] // Srinagar
    [InlineData("39.82,46.76", "AZ", "AM")] // Khankendi
    public void ContestedLand_RefutesNobody_AndConfirmsNobody(string lab, string one, string other)
    {
        var bound = new RoundTripBound(World, GeoPosition.Parse(lab)!);

        Assert.Equal(RoundTripJudgement.Open, bound.Judge(one, TimeSpan.FromMilliseconds(0.2)));
        Assert.Equal(RoundTripJudgement.Open, bound.Judge(other, TimeSpan.FromMilliseconds(0.2)));
    }

    [Theory]
    [InlineData("18.47,-66.11", "US")] // San Juan, Puerto Rico
    [InlineData("-20.88,55.45", "FR")] // Saint-Denis, Réunion
    [InlineData("78.22,15.65", "NO")] // Longyearbyen
    [InlineData("64.18,-51.74", "DK")] // Nuuk
    [InlineData("12.15,-68.28", "NL")] // Kralendijk
    [InlineData("12.58,-81.7", "CO")] // San Andrés, not in the outlines
    [InlineData("13.05,80.27", "IN")]
    [InlineData("27.1,142.19", "JP")] // Chichijima
    [InlineData("36.14,-5.35", "GI")]
    public void ServerBesideTheLab_IsNotRefuted_NeitherAsTheTerritoryNorAsItsState(string lab, string country) =>
        Assert.NotEqual(RoundTripJudgement.Refutes, new RoundTripBound(World, GeoPosition.Parse(lab)!).Judge(country, TimeSpan.FromMilliseconds(0.1)));

    [Fact]
    public void SimulatedTruth_IsNeverRefuted_AndFarFalsehoodMostlyIs()
    {
        var simulation = new Simulation(World, seed: 20261126);
        var refutedTruths = new List<string>();
        var (truths, falsehoods, refutedFalsehoods) = (0, 0, 0);
        foreach (var (bound, lab, place, country, roundTrip) in simulation.Draw(10_000))
        {
            truths++;
            if (bound.Judge(country, roundTrip) == RoundTripJudgement.Refutes)
            {
                refutedTruths.Add($"{country} {place} from {lab} in {roundTrip.TotalMilliseconds} ms");
            }

            if (roundTrip.TotalMilliseconds < 20)
            {
                var claimed = simulation.DrawCountryBeyond(2000, place);
                falsehoods++;
                refutedFalsehoods += bound.Judge(claimed, roundTrip) == RoundTripJudgement.Refutes ? 1 : 0;
            }
        }

        var share = (double)refutedFalsehoods / falsehoods;
        output.WriteLine($"{truths:N0} true locations, {refutedTruths.Count} refuted; {falsehoods:N0} false ones over 2,000 km off at under 20 ms, {share:P1} refuted");
        Assert.Empty(refutedTruths);
        Assert.True(falsehoods > 1000, $"only {falsehoods} pairs under 20 ms");
        Assert.True(share >= 0.9, $"{share:P1} of {falsehoods} refuted");
    }

    [Fact]
    public async Task FirstJudgementsFromManyThreads_Agree()
    {
        var bound = new RoundTripBound(World, Seoul);
        var judgements = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => bound.Judge("US", TimeSpan.FromMilliseconds(3)))));

        Assert.All(judgements, judgement => Assert.Equal(RoundTripJudgement.Refutes, judgement));
    }

    [Fact]
    public void JudgementAfterTheFirst_CostsLessThanAMicrosecond()
    {
        var watch = Stopwatch.StartNew();
        var bound = new RoundTripBound(World, Seoul);
        bound.Judge("KR", TimeSpan.FromMilliseconds(1));
        output.WriteLine($"first judgement: {watch.Elapsed.TotalMilliseconds:N1} ms");
        string[] countries = [.. World.Countries];
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            watch.Restart();
            for (var i = 0; i < 100_000; i++)
            {
                bound.Judge(countries[i % countries.Length], TimeSpan.FromMilliseconds(1 + (i % 50)));
            }

            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        output.WriteLine($"a judgement: {best.TotalNanoseconds / 100_000:N0} ns");
        Assert.True(best < TimeSpan.FromMilliseconds(100), $"100,000 judgements took {best.TotalMilliseconds} ms");
    }
}
