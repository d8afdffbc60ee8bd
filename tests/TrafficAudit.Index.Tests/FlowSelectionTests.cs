using TrafficAudit.Index.Filtering;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

/// <summary>A list that is brought up to date is the list that would be made anew.</summary>
public sealed class FlowSelectionTests
{
    [Theory]
    [InlineData("", 1024)]
    [InlineData("host:a.example", 1024)]
    [InlineData("host:a.example", 2)]
    [InlineData("-item:*", 1024)]
    public async Task Updated_IsTheSameAsMadeAnew(string filter, int capacity)
    {
        using var folder = new TemporaryFolder();
        await using var index = await folder.OpenAsync(options: new IndexOptions { WatchCapacity = capacity });
        using var selection = index.Select(FlowFilter.Parse(filter));
        var random = new Random(20261126);

        for (var round = 0; round < 60; round++)
        {
            for (var i = random.Next(6); i > 0; i--)
            {
                // In any order, some again with another host.
                var host = random.Next(2) == 0 ? "a.example" : "b.example";
                await index.AddAllAsync(random.Next(3) == 0 ? Build.Flow(Build.Summary(random.Next(1, 90), host)) : Build.Flow(Build.Summary(random.Next(1, 90), host), Build.Finding()));
            }

            if (round == 40)
            {
                await index.ResetAsync(1, TestContext.Current.CancellationToken);
            }

            selection.Update();

            var expected = index.Numbers(filter);
            Assert.Equal(expected.Length, selection.Count);
            Assert.Equal(expected.Reverse(), selection.Rows(0, int.MaxValue).Select(r => r.Flow.Number));
        }
    }

    [Fact]
    public async Task NotUpdated_StandsStill()
    {
        using var folder = new TemporaryFolder();
        await using var index = await folder.OpenAsync();
        await index.AddAllAsync(Build.Flow(1), Build.Flow(3));
        using var selection = index.Select(FlowFilter.None);

        await index.AddAllAsync(Build.Flow(2), Build.Flow(4));

        Assert.Equal([3, 1], selection.Rows(0, 10).Select(r => r.Flow.Number));
        Assert.True(selection.Update());
        Assert.False(selection.Update());
        Assert.Equal([3, 2], selection.Rows(1, 2).Select(r => r.Flow.Number));
        Assert.Equal((2, 1, 0, 4), (selection.CountFrom(3), selection.CountFrom(4), selection.CountFrom(5), selection.CountFrom(0)));
        Assert.Empty(selection.Rows(4, 10));
    }

    [Fact]
    public async Task Rows_NameEachCountedItemOnce()
    {
        using var folder = new TemporaryFolder();
        await using var index = await folder.OpenAsync();
        await index.AddAllAsync(Build.Flow(1, Build.Finding("phone"), Build.Finding("email"), Build.Finding("phone")));
        using var selection = index.Select(FlowFilter.None);

        Assert.Equal(["phone", "email"], Assert.Single(selection.Rows(0, 1)).Items);
    }
}
