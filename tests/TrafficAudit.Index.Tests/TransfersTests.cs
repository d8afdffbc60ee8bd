using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

public sealed class TransfersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FlowsOfOneItemRecipientAndCountry_AreOneTransfer()
    {
        var transfers = await TransfersAsync(
            Build.Flow(Build.Summary(7, "b.example") with { Phase = "checkout", Address = "192.0.2.9", CountryGrade = CountryGrade.Confirmed }, Build.Finding(strength: Strength.E)),
            Build.Flow(Build.Summary(3, "a.example") with { Phase = "before_consent", Address = "192.0.2.1" }, Build.Finding(strength: Strength.D), Build.Finding()),
            Build.Flow(Build.Summary(5, "a.example") with { Phase = "checkout", Address = null }, Build.Finding(strength: Strength.D)));

        var transfer = Assert.Single(transfers);
        Assert.Equal(("phone", "Shop Example", "CN"), (transfer.Item, transfer.Recipient, transfer.Country));
        Assert.Equal(["a.example", "b.example"], transfer.Hosts);
        Assert.Equal(["192.0.2.1", "192.0.2.9"], transfer.Destinations);
        Assert.Equal([3, 5, 7], transfer.Flows);
        Assert.Equal((Some.Time.AddSeconds(3), Some.Time.AddSeconds(7)), (transfer.First, transfer.Last));
        Assert.Equal(["before_consent", "checkout"], transfer.Phases);
        Assert.Equal(CountryGrade.Located, transfer.CountryGrade);
        Assert.Equal(Confidence.Certain, transfer.Confidence);
        Assert.Null(transfer.Verdict);
    }

    [Fact]
    public async Task CountriesOfCompanyAndGroup_CarriersAndCounts_AreGathered()
    {
        var summary = Build.Summary(1) with { RecipientCountry = "SG", GroupCountry = "CN", BytesSent = 100, LabPosition = new GeoPosition(37.57, 126.98) };
        var transfers = await TransfersAsync(
            Build.Flow(summary with { Carrier = "Fastly" }, Build.Finding(), Build.Finding()),
            Build.Flow(summary with { Number = 2, Carrier = "Cloudflare", Host = "b.example", LabPosition = null }, Build.Finding()),
            Build.Flow(summary with { Number = 3, Carrier = "Cloudflare", Host = "c.example", IsResolvedLater = true, LabPosition = new GeoPosition(1, 2) }, Build.Finding()));

        var transfer = Assert.Single(transfers);
        Assert.Equal(("SG", "CN"), (transfer.RecipientCountry, transfer.GroupCountry));
        Assert.Equal(["Cloudflare", "Fastly"], transfer.Carriers);
        Assert.Equal((4L, 300L, true), (transfer.Findings, transfer.BytesSent, transfer.IsResolvedLater));
        Assert.Equal(new GeoPosition(1, 2), transfer.LabPosition);
    }

    [Fact]
    public async Task WhileFlowsAreAddedAndReplaced_TransfersEqualAFullRecount()
    {
        await using var live = await _folder.OpenAsync();
        var random = new Random(3);
        var last = new Dictionary<long, AnalyzedFlow>();
        for (var i = 0; i < 300; i++)
        {
            // Now and then one that was there before, as when findings of a comparison are added.
            var number = random.Next(1, 200);
            var flow = Build.Flow(
                Build.Summary(number, $"h{random.Next(5)}.example") with { Country = random.Next(3) switch { 0 => "KR", 1 => "CN", _ => null }, BytesSent = random.Next(1000), Carrier = random.Next(2) == 0 ? null : "Fastly" },
                [.. Enumerable.Range(0, random.Next(3)).Select(f => Build.Finding(f == 0 ? "phone" : "email"))]);
            last[number] = flow;
            await live.AddAllAsync(flow);
            if (i % 50 == 49)
            {
                await using var recounted = LiteDbCaseIndex.OpenInMemory("v1");
                await recounted.AddAllAsync([.. last.OrderBy(f => f.Key).Select(f => f.Value)]);
                Assert.Equal(Text(recounted.Transfers(FlowFilter.None)), Text(live.Transfers(FlowFilter.None)));
            }
        }

        static string Text(IReadOnlyList<Transfer> transfers) =>
            string.Join('\n', transfers.Select(t => System.Text.Json.JsonSerializer.Serialize(t, ModelJson.Default.Transfer)));
    }

    [Fact]
    public async Task DifferentItemRecipientOrCountry_AreApartAndInOrder()
    {
        var transfers = await TransfersAsync(
            Build.Flow(Build.Summary(1) with { Recipient = "B" }, Build.Finding("phone"), Build.Finding("email")),
            Build.Flow(Build.Summary(2) with { Recipient = "A", Country = null }, Build.Finding("phone")),
            Build.Flow(Build.Summary(3) with { Recipient = "A", Country = "US" }, Build.Finding("phone")),
            Build.Flow(Build.Summary(4) with { Recipient = "A", Country = "KR" }, Build.Finding("phone")));
        Assert.Equal(
            ["email B CN", "phone A KR", "phone A US", "phone A ", "phone B CN"], transfers.Select(t => $"{t.Item} {t.Recipient} {t.Country}"));
    }

    [Fact]
    public async Task FilterThatNamesADetector_MeansItsFindingsAlone()
    {
        await using var index = await _folder.OpenAsync();
        await index.AddAllAsync(Build.Flow(1, Build.Finding("phone"), Build.Finding("install_id") with { Detector = Detector.Correlation }));

        Assert.Equal(["install_id"], index.Transfers(FlowFilter.Parse("detector:correlation")).Select(t => t.Item));
        var findings = await index.FindingsAsync(FlowFilter.Parse("detector:correlation"), all: true, TestContext.Current.CancellationToken)
            .Select(f => f.Finding.Item).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["install_id"], findings);
    }

    [Theory]
    [InlineData(Strength.F, Direction.Collected, FindingState.Clear)]
    [InlineData(Strength.A, Direction.Disclosed, FindingState.Clear)]
    [InlineData(Strength.A, Direction.Collected, FindingState.Zeroed)]
    public async Task FindingThatSaysNothingOfATransfer_TakesNoPart(Strength strength, Direction direction, FindingState state)
    {
        Assert.Empty(await TransfersAsync(Build.Flow(1, Build.Finding("gaid", strength, direction, state))));
    }

    [Theory]
    [InlineData(FindingState.Clear)]
    [InlineData(FindingState.Hashed)]
    [InlineData(FindingState.Encoded)]
    [InlineData(FindingState.Masked)]
    [InlineData(FindingState.Encrypted)]
    public async Task AnyOtherState_TakesPart(FindingState state) =>
        Assert.Single(await TransfersAsync(Build.Flow(1, Build.Finding(state: state))));

    [Theory]
    [InlineData(FlowFailure.DnsFailed, true, false)]
    [InlineData(FlowFailure.PolicyDenied, true, false)]
    [InlineData(FlowFailure.UpstreamRefused, true, false)]
    [InlineData(FlowFailure.UpstreamCertificateInvalid, true, false)]
    [InlineData(FlowFailure.UpstreamTlsFailed, true, false)]
    [InlineData(FlowFailure.ClientProtocolError, true, false)]
    [InlineData(FlowFailure.UpstreamTimeout, true, true)]
    [InlineData(FlowFailure.UpstreamTimeout, false, false)]
    [InlineData(FlowFailure.UpstreamReset, true, true)]
    [InlineData(FlowFailure.ClientReset, true, true)]
    [InlineData(FlowFailure.Interrupted, true, true)]
    public async Task FailedFlow_IsATransferOnlyIfTheRequestCanHaveArrived(FlowFailure failure, bool connected, bool expected)
    {
        var summary = Build.Summary(1) with { Failure = failure, Address = connected ? "192.0.2.1" : null };
        Assert.Equal(expected, (await TransfersAsync(Build.Flow(summary, Build.Finding()))).Count == 1);
    }

    [Fact]
    public async Task ImportedFlowWithoutAddress_IsATransferToAnUnknownCountry()
    {
        var summary = Build.Summary(1) with { Address = null, Country = null, CountryGrade = CountryGrade.Unknown };
        var transfer = Assert.Single(await TransfersAsync(Build.Flow(summary, Build.Finding())));
        Assert.Null(transfer.Country);
        Assert.Empty(transfer.Destinations);
        Assert.Equal(CountryGrade.Unknown, transfer.CountryGrade);
    }

    [Theory]
    [InlineData(CountryGrade.Confirmed, CountryGrade.Located, CountryGrade.Located)]
    [InlineData(CountryGrade.Disputed, CountryGrade.Located, CountryGrade.Disputed)]
    [InlineData(CountryGrade.Disputed, CountryGrade.Edge, CountryGrade.Edge)]
    [InlineData(CountryGrade.Unknown, CountryGrade.Edge, CountryGrade.Unknown)]
    [InlineData(CountryGrade.Confirmed, CountryGrade.Confirmed, CountryGrade.Confirmed)]
    public async Task SeveralGrades_TheWeakestIsTold(CountryGrade one, CountryGrade other, CountryGrade weakest)
    {
        foreach (var (first, second) in new[] { (one, other), (other, one) })
        {
            var transfers = await TransfersAsync(
                Build.Flow(Build.Summary(1, "a.example") with { CountryGrade = first }, Build.Finding()),
                Build.Flow(Build.Summary(2, "b.example") with { CountryGrade = second }, Build.Finding()));
            Assert.Equal(weakest, Assert.Single(transfers).CountryGrade);
        }
    }

    [Theory]
    [InlineData(Strength.A, Confidence.Certain)]
    [InlineData(Strength.B, Confidence.Certain)]
    [InlineData(Strength.C, Confidence.Certain)]
    [InlineData(Strength.D, Confidence.Likely)]
    [InlineData(Strength.E, Confidence.Possible)]
    public async Task Confidence_FollowsTheBestFinding(Strength best, Confidence confidence)
    {
        var transfers = await TransfersAsync(Build.Flow(1, Build.Finding(strength: Strength.E)), Build.Flow(2, Build.Finding(strength: best)));
        Assert.Equal(confidence, Assert.Single(transfers).Confidence);
    }

    [Fact]
    public async Task PhasesAndTimes_GoByTimeNotByNumber()
    {
        var transfers = await TransfersAsync(
            Build.Flow(Build.Summary(1) with { Phase = "late", Time = Some.Time.AddHours(2) }, Build.Finding()),
            Build.Flow(Build.Summary(2) with { Phase = "early", Time = Some.Time.AddHours(1) }, Build.Finding()),
            Build.Flow(Build.Summary(3) with { Phase = null, Time = Some.Time }, Build.Finding()));
        var transfer = Assert.Single(transfers);
        Assert.Equal(["early", "late"], transfer.Phases);
        Assert.Equal((Some.Time, Some.Time.AddHours(2)), (transfer.First, transfer.Last));
    }

    [Fact]
    public async Task Filter_ChoosesFlowsAndItems()
    {
        await using var index = await _folder.OpenAsync();
        await index.AddAllAsync(
            Build.Flow(Build.Summary(1) with { Phase = "before_consent" }, Build.Finding("phone"), Build.Finding("email")),
            Build.Flow(2, Build.Finding("phone")));
        Assert.Equal([1L], Assert.Single(index.Transfers(FlowFilter.Parse("phase:before_consent item:phone"))).Flows);
        Assert.Equal(["email", "phone"], index.Transfers(FlowFilter.Parse("item:email,phone")).Select(t => t.Item));
        Assert.Equal(["phone"], index.Transfers(FlowFilter.Parse("-item:email")).Select(t => t.Item));
    }

    [Fact]
    public async Task SeveralSegments_AreOneTable()
    {
        await using var index = await _folder.OpenAsync();
        await index.AddAsync(1, 0, Build.Flow(1, Build.Finding()), TestContext.Current.CancellationToken);
        await index.AddAsync(2, 0, Build.Flow(2, Build.Finding()), TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], Assert.Single(index.Transfers(FlowFilter.None)).Flows);
    }

    private async Task<IReadOnlyList<Transfer>> TransfersAsync(params AnalyzedFlow[] flows)
    {
        await using var index = await _folder.OpenAsync();
        await index.ResetAllAsync(TestContext.Current.CancellationToken);
        await index.AddAllAsync(flows);
        return index.Transfers(FlowFilter.None);
    }
}
