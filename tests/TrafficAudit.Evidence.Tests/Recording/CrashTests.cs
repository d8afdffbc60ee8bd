using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Evidence.Tests.Recording;

public sealed class CrashTests : IDisposable
{
    private readonly TestCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task KilledUnderLoad_LosesNothingCommittedAndGivesNoNumberTwice()
    {
        var committed = new List<long>();
        for (var round = 0; round < 3; round++)
        {
            using var process = RecordingProcess.Start(_case.Folder.Path);
            for (var i = 0; i < 40 + (round * 70); i++)
            {
                committed.Add(Assert.NotNull(await process.NextAsync()));
            }

            committed.AddRange(await process.KillAsync());
            await using (var writer = await _case.OpenAsync())
            {
                Assert.DoesNotContain(writer.TakeNumber(), committed);
            }

            var kept = _case.Flows().ConvertAll(f => f.Metadata.Number);
            Assert.Empty(committed.Except(kept));
            Assert.Equal(kept.Count, kept.Distinct().Count());
            WarcCheck.AssertSound(_case.Folder.Segments.Select(_case.Folder.SegmentPath));
            Sealing.SealedCase.AssertSound(await Sealing.SealedCase.VerifyAsync(_case.Folder));
        }
    }

    [Fact]
    public async Task CaseOfALivingProcess_IsRefusedWithItsId()
    {
        using var process = RecordingProcess.Start(_case.Folder.Path);
        await process.NextAsync();

        var refusal = await Assert.ThrowsAsync<CaseException>(() => _case.OpenAsync());

        Assert.Contains($"is in use by process {process.Id};", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(_case.Flows());
        await process.KillAsync();
        await using var writer = await _case.OpenAsync();
    }
}
