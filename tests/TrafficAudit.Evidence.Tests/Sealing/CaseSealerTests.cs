using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Tests.Recording;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Sealing;

public sealed class CaseSealerTests : IDisposable
{
    private readonly SealedCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task SealedCase_IsSoundAndNothingComesAfterTheSeal()
    {
        var outcome = await _case.RecordAndSealAsync(50);

        var result = await _case.VerifyAsync();
        SealedCase.AssertSound(result);
        Assert.Empty(outcome.Faults);
        Assert.Equal(3, result.Segments);
        Assert.Equal((50, 0, 1), (result.Flows, result.UnsealedRecords, result.Seal!.Number));
        Assert.Equal(_case.Key.Fingerprint, result.Seal.Key);
        Assert.All(result.Seal.Segments, s => Assert.Equal(new FileInfo(_case.PathOf(s.File)).Length, s.Bytes));
        WarcCheck.AssertSound(_case.Folder.Segments.Select(_case.Folder.SegmentPath));
        SealedCase.AssertSound(await _case.VerifyAsync(new VerifyOptions { EveryRecord = true }));
    }

    [Fact]
    public async Task CaseThatGoesOn_IsSealedAgainAndHeldToBothSeals()
    {
        await _case.RecordAndSealAsync(30);
        await _case.Case.RecordAsync(5);

        var between = await _case.VerifyAsync();
        SealedCase.AssertSound(between);
        Assert.True(between.UnsealedRecords > 15, $"{between.UnsealedRecords}");

        var second = await _case.RecordAndSealAsync(5);
        var result = await _case.VerifyAsync();
        SealedCase.AssertSound(result);
        Assert.Equal((2, 40, 0), (result.Seal!.Number, result.Flows, result.UnsealedRecords));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(_case.PathOf("seals/00001.json")))), second.Seal.Previous);
        Assert.Equal(result.Records, File.ReadLines(_case.Folder.CdxjPath(1)).Count() + File.ReadLines(_case.Folder.CdxjPath(2)).Count());
    }

    [Fact]
    public async Task FullSegment_IsSealedWhileRecordingGoesOn()
    {
        var time = new FakeTimeProvider(Some.Time);
        await using (var writer = await _case.Case.OpenAsync(TestCase.Options with { SegmentFlows = 20 }))
        {
            await using (new ContinuousSealing(_case.Folder, writer, () => _case.Sealer(), time, NullLogger<ContinuousSealing>.Instance))
            {
                await RecordAsync(writer, 10);
                time.Advance(TimeSpan.FromMinutes(1));
                await RecordAsync(writer, 35);
                time.Advance(TimeSpan.FromMinutes(1));
            }

            var newest = (await _case.VerifyAsync()).Seal!;
            Assert.Equal((1, 3), (newest.Number, newest.Segments.Length));
        }

        SealedCase.AssertSound(await _case.VerifyAsync());

        static async Task RecordAsync(EvidenceWriter writer, int flows)
        {
            for (var i = 0; i < flows; i++)
            {
                await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
            }

            await writer.FlushAsync(default);
        }
    }

    [Fact]
    public async Task KeptOriginal_IsSealed()
    {
        Directory.CreateDirectory(_case.Folder.OriginalsFolder);
        var kept = _case.PathOf("originals/0f.har");
        await File.WriteAllTextAsync(kept, "kept");
        await File.WriteAllTextAsync(_case.PathOf("originals/0f.har.7.new"), "not whole");
        await _case.RecordAndSealAsync(1);
        SealedCase.AssertSound(await _case.VerifyAsync());

        await File.WriteAllTextAsync(kept, "other");
        var changed = Assert.Single((await _case.VerifyAsync()).Faults);
        File.Delete(kept);
        var missing = Assert.Single((await _case.VerifyAsync()).Faults);

        Assert.Equal((FaultKind.Changed, "originals/0f.har"), (changed.Kind, changed.File));
        Assert.Equal((FaultKind.Missing, "originals/0f.har"), (missing.Kind, missing.File));
    }

    [Fact]
    public async Task SealWhileRecording_CoversWhatCameBefore()
    {
        await using (var writer = await _case.Case.OpenAsync())
        {
            await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
            var outcome = await writer.SealAsync(_case.Sealer(), default);
            Assert.Equal(1, outcome.Seal.Segments.Single().Flows);
            await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
            await writer.FlushAsync(default);

            var during = await _case.VerifyAsync();
            SealedCase.AssertSound(during);
            Assert.True(during.IsRecording);
            Assert.Equal((3, 2), (during.UnsealedRecords, during.Flows));
        }

        var after = await _case.VerifyAsync();
        SealedCase.AssertSound(after);
        Assert.False(after.IsRecording);
    }

    [Fact]
    public async Task SealThatWasNotFinished_IsSaidAndMadeAgain()
    {
        await _case.RecordAndSealAsync(3);
        await using (var writer = await _case.Case.OpenAsync())
        {
            await writer.RecordAsync(_case.Sealer().Announce(), default);
        }

        var fault = Assert.Single((await _case.VerifyAsync()).Faults);
        Assert.Equal((FaultKind.Missing, "seals/00002.json"), (fault.Kind, fault.File));

        await _case.RecordAndSealAsync(0);
        SealedCase.AssertSound(await _case.VerifyAsync());
    }

    [Fact]
    public async Task EvidenceChangedBetweenTwoSeals_IsHeldToTheOlder()
    {
        await _case.RecordAndSealAsync(5);
        var records = WarcCheck.Read(_case.Case.FirstSegment);
        var bytes = await File.ReadAllBytesAsync(_case.Case.FirstSegment);

        // A time in a member's header, which no checksum covers.
        bytes[records[4].Offset + 5] ^= 1;
        await File.WriteAllBytesAsync(_case.Case.FirstSegment, bytes);

        var second = await _case.RecordAndSealAsync(5);

        Assert.Equal(records[4].Offset, Assert.Single(second.Faults).Offset);
        var fault = Assert.Single((await _case.VerifyAsync()).Faults);
        Assert.Equal((FaultKind.Changed, records[4].Offset), (fault.Kind, fault.Offset));
    }

    [Fact]
    public async Task SegmentThatNobodySealed_IsAdded()
    {
        await _case.RecordAndSealAsync(5);
        File.Copy(_case.Case.FirstSegment, _case.PathOf("evidence-00002.warc.gz"));

        var faults = (await _case.VerifyAsync()).Faults;

        Assert.Contains(faults, f => f is { Kind: FaultKind.Added, File: "evidence-00002.warc.gz" });
    }

    [Theory]
    [InlineData("https://www.Shop.example/A/?b=2&a=1", "example,shop)/a?a=1&b=2")]
    [InlineData("http://shop.example", "example,shop)/")]
    [InlineData("https://shop.example:8443/%ED%95%9C", "example,shop:8443)/%ed%95%9c")]
    [InlineData("http://192.0.2.1/x", "192.0.2.1)/x")]
    [InlineData("urn:trafficaudit:journal:phase", "urn:trafficaudit:journal:phase")]
    [InlineData("", "-")]
    public void Key_IsTheOneOfWebArchives(string url, string expected) => Assert.Equal(expected, Surt.KeyOf(url));

    [Fact]
    public async Task LodgedKey_MustBeTheSealsOwn()
    {
        await _case.RecordAndSealAsync(1);
        using var other = SealingKey.FromPem(SealingKey.NewPem());

        var withColons = string.Join(':', Convert.FromHexString(_case.Key.Fingerprint).Select(b => b.ToString("X2")));
        SealedCase.AssertSound(await _case.VerifyAsync(new VerifyOptions { Key = withColons }));
        var fault = Assert.Single((await _case.VerifyAsync(new VerifyOptions { Key = other.Fingerprint })).Faults);
        Assert.Equal(FaultKind.OtherKey, fault.Kind);
    }

    [Fact]
    public async Task CaseWithoutASeal_IsVerifiedRecordByRecord()
    {
        await _case.Case.RecordAsync(7);

        var result = await _case.VerifyAsync();

        SealedCase.AssertSound(result);
        Assert.Null(result.Seal);
        Assert.Equal(result.Records, result.UnsealedRecords);
        Assert.Equal(FaultKind.OtherKey, Assert.Single((await _case.VerifyAsync(new VerifyOptions { Key = "00" })).Faults).Kind);
    }

    [Fact]
    public async Task Index_NamesEveryRecordWhereItLies()
    {
        await _case.RecordAndSealAsync(2);

        var records = WarcCheck.Read(_case.Case.FirstSegment);
        var lines = await File.ReadAllLinesAsync(_case.Folder.CdxjPath(1));
        Assert.Equal(records.Count, lines.Length);
        foreach (var (record, line) in records.Zip(lines))
        {
            using var json = JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]);
            string? Member(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
            Assert.Equal((record.Offset.ToString(), (record.End - record.Offset).ToString()), (Member("offset"), Member("length")));
            var member = (await File.ReadAllBytesAsync(_case.Case.FirstSegment)).AsSpan((int)record.Offset, (int)(record.End - record.Offset));
            Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(member)), Member("recordDigest"));
            Assert.Equal((record["WARC-Record-ID"], record.Type, record["TA-Flow"]), (Member("id"), Member("type"), Member("flow")));
        }

        var response = lines[records.FindIndex(r => r.Type == "response")];
        Assert.StartsWith("example,shop,api)/items?id=1 20260102030406 {\"url\":\"https://api.shop.example/items?id=1\",\"mime\":\"application/json\",\"status\":\"200\"", response, StringComparison.Ordinal);
    }
}
