using System.Text;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Testing;

namespace TrafficAudit.Capture.Tests.Certificates;

public sealed class HomeFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ManyCreators_OneWinsAndItsContentStays()
    {
        var home = HomeFolder.Open(_folder.Path);
        for (var round = 0; round < 100; round++)
        {
            var name = $"file{round}";
            var won = new bool[4];
            using var barrier = new Barrier(won.Length);
            var threads = Enumerable.Range(0, won.Length).Select(i => new Thread(() =>
            {
                barrier.SignalAndWait();
                won[i] = home.TryCreate(name, Encoding.ASCII.GetBytes($"{i}"));
            })).ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());

            Assert.Single(won, w => w);
            Assert.Equal($"{Array.IndexOf(won, true)}", File.ReadAllText(home.PathOf(name)));
        }

        Assert.Equal(100, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void FileThatIsThere_IsNotReplacedByCreating()
    {
        var home = HomeFolder.Open(_folder.Path);

        Assert.True(home.TryCreate("file", "first"u8));
        Assert.False(home.TryCreate("file", "second"u8));
        Assert.Equal("first"u8, home.Read("file", 100)!);
        Assert.Equal([home.PathOf("file")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Replace_PutsAWholeFileInPlaceForTheOwnerAlone()
    {
        var home = HomeFolder.Open(_folder.Path);
        home.Replace("file", "first"u8);
        home.Replace("file", "second"u8);

        Assert.Equal("second"u8, home.Read("file", 100)!);
        Assert.Equal([home.PathOf("file")], Directory.GetFiles(_folder.Path));
        Assert.False(home.IsOpenToOthers("file"));
        Assert.Equal("600", UnixMode.Of(home.PathOf("file")));
    }

    [Fact]
    public void Read_TellsAbsentFromTooLong()
    {
        var home = HomeFolder.Open(_folder.Path);
        home.Replace("file", new byte[101]);

        Assert.Null(home.Read("none", 100));
        Assert.Throws<InvalidDataException>(() => home.Read("file", 100));
    }
}
