using TrafficAudit.Index.Columns;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Index.Queries;
using TrafficAudit.Index.Storage;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

public sealed class LargeCaseTests : IDisposable
{
    private const int Count = 20_000;
    private const int PerSegment = 8_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ManyFlows_AreAllFoundBeforeAndAfterRestart()
    {
        await using (var index = await _folder.OpenAsync())
        {
            for (var number = 1; number <= Count; number++)
            {
                await index.AddAsync(1 + (number / PerSegment), number, Build.Typical(number), TestContext.Current.CancellationToken);
            }

            Assert.Equal(Count, index.Numbers().Length);
        }

        // One segment from its LiteDB file, the others from their columns.
        File.Delete(_folder.File("index/00002.columns"));
        await using var reopened = await _folder.OpenAsync();
        Assert.Equal(Enumerable.Range(1, Count).Select(n => (long)n), reopened.Numbers());
        Assert.Equal(new IndexCounters(Count, Count / 3 * 2, 0), reopened.Counters);
        Assert.Empty(reopened.Faults);
        foreach (var number in new[] { 1, PerSegment - 1, PerSegment, 13_331, Count })
        {
            Assert.Equal(Indexes.Json(Build.Typical(number)), Indexes.Json(await reopened.GetAsync(number, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public void HundredThousandFlows_AreQueriedInMemory()
    {
        const int Large = 100_000;
        SegmentEntry[] entries = [new(1, "v1", new SegmentTable(), null), new(2, "v1", new SegmentTable(), null)];
        for (var number = 1; number <= Large; number++)
        {
            entries[number < 60_000 ? 0 : 1].Append(number, Build.Typical(number));
        }

        AssertWhole(new CaseSnapshot(entries), Large);
    }

    private static void AssertWhole(CaseSnapshot flows, int count)
    {
        var withFindings = count / 3;
        Assert.Equal(new IndexCounters(count, withFindings * 2, 0), flows.Counters);
        var (pages, listed) = (0, 0);
        for (long? before = long.MaxValue; before is not null; pages++)
        {
            var page = flows.Page(FlowFilter.None, before, 999);
            listed += page.Flows.Count;
            before = page.Next;
        }

        Assert.Equal(((count / 999) + 1, count), (pages, listed));
        Assert.Equal(Enumerable.Range(1, count).Count(n => n % 40 % 4 == 1), flows.Ascending(FlowFilter.Parse("country:sg"), 0).Count());
        var transfers = flows.Transfers(FlowFilter.None);
        Assert.Equal(withFindings, transfers.Where(t => t.Item == "phone").Sum(t => t.Flows.Length));
        Assert.Equal(withFindings, transfers.Where(t => t.Item == "email").Sum(t => t.Flows.Length));
        Assert.DoesNotContain(transfers, t => t.Item == "gaid");
    }
}
