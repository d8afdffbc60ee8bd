using LiteDB;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

public sealed class DamageTests : IDisposable
{
    private const int Count = 300;

    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("index/00001.db");

    private string Columns => _folder.File("index/00001.columns");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Damages { get; } = ["empty", "half", "header", "random", "zeroed page", "text"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task DamagedColumns_AreMadeAgainFromTheDatabase(string damage)
    {
        await FillAsync();
        Damage(Columns, damage);
        await using (var index = await _folder.OpenAsync())
        {
            Assert.Equal(Count, index.State(1)?.Flows);
            Assert.Empty(index.Faults);
        }

        await AssertWholeAsync();
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task DamagedDatabaseWithoutColumns_IsAbsentOrWhole(string damage)
    {
        await FillAsync();
        File.Delete(Columns);
        Damage(Database, damage);
        await using var index = await _folder.OpenAsync();
        if (index.State(1) is { } state)
        {
            // The damage hit a page that holds nothing.
            Assert.Equal(Count, state.Flows);
            Assert.Equal(Count, (await index.AllFindingsAsync()).Count);
            return;
        }

        Assert.NotEmpty(index.Faults);
        Assert.False(File.Exists(Database));
        await index.AddAllAsync(Build.Flow(1));
        await index.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, index.State(1)?.Flows);
    }

    [Fact]
    public async Task EveryPageDamagedInTurn_NeverGivesWrongData()
    {
        await FillAsync();
        var whole = await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken);
        var columns = await File.ReadAllBytesAsync(Columns, TestContext.Current.CancellationToken);
        for (var page = 0; page < whole.Length / 8192; page += 2)
        {
            // Columns stay, so that the damage shows only when documents are read.
            var damaged = (byte[])whole.Clone();
            new Random(page).NextBytes(damaged.AsSpan((page * 8192) + 100, 64));
            await File.WriteAllBytesAsync(Database, damaged, TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(Columns, columns, TestContext.Current.CancellationToken);
            await using var index = await _folder.OpenAsync();
            for (var number = 1; number <= Count; number += 7)
            {
                var flow = await index.GetAsync(number, TestContext.Current.CancellationToken);
                Assert.True(flow is null || Indexes.Json(flow) == Indexes.Json(Build.Flow(number, Build.Finding())));
                Assert.True(flow is not null || index.State(1) is null);
            }
        }
    }

    [Fact]
    public async Task DocumentThatLiteDbNoLongerFinds_SegmentIsGivenUp()
    {
        await FillAsync();
        var length = new FileInfo(Database).Length;
        using (var database = new LiteDatabase(
            new ConnectionString { Filename = Database, Connection = ConnectionType.Direct, Collation = Collation.Binary }))
        {
            Assert.True(database.GetCollection("flows").Delete(8L));
        }

        Assert.Equal(length, new FileInfo(Database).Length);
        await using var index = await _folder.OpenAsync();
        Assert.NotNull(await index.GetAsync(1, TestContext.Current.CancellationToken));
        Assert.Null(await index.GetAsync(8, TestContext.Current.CancellationToken));
        Assert.Null(index.State(1));
        Assert.Contains(index.Faults, f => f.Segment == 1);
    }

    [Fact]
    public async Task DatabaseGone_SegmentIsAbsentAndItsColumnsGoToo()
    {
        await FillAsync();
        File.Delete(Database);
        await using var index = await _folder.OpenAsync();
        Assert.Null(index.State(1));
        Assert.Equal(0, index.Counters.Flows);
        Assert.False(File.Exists(Columns));
    }

    [Fact]
    public async Task DatabaseOfOtherFlows_IsNotMixedWithTheColumns()
    {
        await FillAsync();
        using var other = new TemporaryFolder();
        await using (var index = await other.OpenAsync())
        {
            await index.AddAllAsync([.. Enumerable.Range(1, Count).Select(n => Build.Flow(n, Build.Finding("email")))]);
        }

        File.Copy(other.File("index/00001.db"), Database, overwrite: true);
        await using var mixed = await _folder.OpenAsync();
        var flow = await mixed.GetAsync(1, TestContext.Current.CancellationToken);
        Assert.True(flow is null || flow.Findings[0].Item == "email" && mixed.Transfers(FlowFilter.None)[0].Item == "email");
    }

    [Fact]
    public async Task DamageFoundWhileReadingFindings_IsSaidAndSegmentIsGivenUp()
    {
        await FillAsync();
        var bytes = await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken);
        for (var page = 1; page < bytes.Length / 8192; page++)
        {
            bytes.AsSpan((page * 8192) + 4000, 100).Fill(0x5A);
        }

        await File.WriteAllBytesAsync(Database, bytes, TestContext.Current.CancellationToken);
        await using var index = await _folder.OpenAsync();
        await Assert.ThrowsAsync<IndexDamagedException>(() => index.AllFindingsAsync());
        Assert.Null(index.State(1));
        Assert.Contains(index.Faults, f => f.Segment == 1);

        // What is in memory was verified and stays; the rest is made again after a reset.
        Assert.Equal(Count, index.Counters.Flows);
        Assert.Equal((1, 3000L), index.Position(3));
        await index.ResetAsync(1, TestContext.Current.CancellationToken);
        await index.AddAllAsync(Build.Flow(1, Build.Finding()));
        await index.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Single(await index.AllFindingsAsync());
    }

    [Fact]
    public async Task FolderGoneWhileOpen_QueriesGoOnAndSegmentIsGivenUp()
    {
        await using var index = await _folder.OpenAsync();
        Directory.Delete(_folder.File("index"), recursive: true);
        await index.AddAllAsync(Build.Flow(1));
        await index.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1], index.Numbers());
        Assert.Null(index.State(1));
        Assert.NotEmpty(index.Faults);
    }

    private static void Damage(string path, string how)
    {
        var bytes = File.ReadAllBytes(path);
        switch (how)
        {
            case "empty":
                bytes = [];
                break;
            case "half":
                bytes = bytes[..(bytes.Length / 2)];
                break;
            case "header":
                bytes.AsSpan(0, Math.Min(8192, bytes.Length)).Clear();
                break;
            case "random":
                new Random(1).NextBytes(bytes.AsSpan(bytes.Length / 2, 64));
                break;
            case "zeroed page":
                bytes.AsSpan(bytes.Length / 2 / 8192 * 8192, Math.Min(8192, bytes.Length / 2)).Clear();
                break;
            default:
                bytes = "this is no index"u8.ToArray();
                break;
        }

        File.WriteAllBytes(path, bytes);
    }

    private async Task FillAsync()
    {
        await using var index = await _folder.OpenAsync();
        await index.AddAllAsync([.. Enumerable.Range(1, Count).Select(n => Build.Flow(n, Build.Finding()))]);
    }

    private async Task AssertWholeAsync()
    {
        await using var index = await _folder.OpenAsync();
        Assert.Equal(Count, (await index.AllFindingsAsync()).Count);
        Assert.Equal(Build.Summary(7), index.Find(7));
    }
}
