using System.Net;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Tests.Certificates;
using TrafficAudit.Testing;

namespace TrafficAudit.Capture.Tests.Doors;

public sealed class DeviceFileTests : IDisposable
{
    private static readonly IPAddress Phone = IPAddress.Parse("192.0.2.10");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Some.Time);
    private readonly FixedRandom _random = new();
    private readonly RecordingLogger _log = new();

    private string DevicesFile => _folder.File("devices.json");

    public void Dispose()
    {
        _random.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void File_IsTheOwnersAloneAndHoldsNoCookie()
    {
        var cookie = PairOne();

        Assert.DoesNotContain(cookie, File.ReadAllText(DevicesFile), StringComparison.Ordinal);
        Assert.Contains("cookie_sha256", File.ReadAllText(DevicesFile), StringComparison.Ordinal);
        Assert.Equal([DevicesFile], Directory.GetFiles(_folder.Path));
        Assert.Equal("600", UnixMode.Of(DevicesFile));
    }

    public static TheoryData<string> Damages =>
    [
        "", "null", "[]", "{}", "{", "not JSON", """{"version":2,"devices":[]}""", """{"version":1}""", """{"version":1,"devices":[null]}""",
        """{"version":1,"devices":[{}]}""",
        Row("\"id\":null"), Row("\"cookie_sha256\":\"00\""), Row("\"cookie_sha256\":\"" + new string('z', 64) + "\""),
        Row("\"addresses\":[\"no address\"]"), Row("\"addresses\":[null]"), Row("\"addresses\":7"), Row("\"paired_at\":\"yesterday\""),
        new string('[', 100_000), new string(' ', 5_000_000),
    ];

    [Theory]
    [MemberData(nameof(Damages))]
    public void DamagedFile_IsKeptAsideWithOneLine(string content)
    {
        File.WriteAllText(DevicesFile, content);

        using var pairing = Open();

        Assert.Empty(pairing.Devices);
        var line = Assert.Single(_log.Lines);
        Assert.StartsWith("2101 ", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        var aside = Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Contains("devices.damaged-20260102T030405.678Z.json", aside, StringComparison.Ordinal);
        Assert.Contains(aside, line, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(aside));
    }

    [Fact]
    public void EveryTruncation_IsReadWholeOrKeptAside()
    {
        PairOne();
        var whole = File.ReadAllBytes(DevicesFile);
        for (var length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(DevicesFile, whole[..length]);
            _clock.Advance(TimeSpan.FromSeconds(1));
            using var pairing = Open();

            Assert.Empty(pairing.Devices);
        }
    }

    [Fact]
    public void WellFormedRow_IsReadAndItsNameCleaned()
    {
        File.WriteAllText(DevicesFile, Row("\"name\":\"\\u001b[2Jphone\""));

        using var pairing = Open();

        Assert.Equal("[2Jphone", pairing.DeviceOf(Phone)!.Name);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void FileFromBeforeDevicesCouldBeBlocked_IsRead()
    {
        File.WriteAllText(DevicesFile, Row("\"name\":\"phone\""));

        using var pairing = Open();

        Assert.False(pairing.DeviceOf(Phone)!.IsBlocked);
    }

    [Fact]
    public void Blocking_IsKeptAndTold()
    {
        PairOne();
        var changes = new List<DeviceChange>();
        using (var pairing = Open())
        {
            var id = pairing.Devices.Single().Id;
            var blocking = pairing.BlockingOf(id);
            pairing.DeviceChanged += (_, e) => changes.Add(e.Change);
            Assert.True(pairing.Block(id));
            Assert.True(pairing.Block(id));
            Assert.True(blocking.IsCancellationRequested);
            Assert.False(pairing.Block("device-of-nobody"));
        }

        using (var pairing = Open())
        {
            var id = pairing.Devices.Single().Id;
            Assert.True(pairing.IsBlocked(id));
            Assert.True(pairing.BlockingOf(id).IsCancellationRequested);
            pairing.DeviceChanged += (_, e) => changes.Add(e.Change);
            pairing.Unblock(id);
            pairing.Rename(id, "other");
            Assert.False(pairing.BlockingOf(id).IsCancellationRequested);
        }

        Assert.Equal([DeviceChange.Blocked, DeviceChange.Unblocked, DeviceChange.Renamed], changes);
        Assert.DoesNotContain("blocked", File.ReadAllText(DevicesFile), StringComparison.Ordinal);
    }

    [Fact]
    public void FileThatCannotBeWritten_StillPairsAndSaysSo()
    {
        using var pairing = Open();
        Directory.CreateDirectory(Path.Combine(DevicesFile, "in the way"));

        Assert.Equal(PairResult.Paired, pairing.TryPair(pairing.Current.Value, Phone, "phone").Result);

        Assert.NotNull(pairing.DeviceOf(Phone));
        Assert.False(pairing.IsSaved);
        Assert.StartsWith("2102 ", Assert.Single(_log.Lines), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    /// <summary>A file with one sound device, of which one property is overridden (in JSON the last one counts).</summary>
    private static string Row(string change) =>
        """
        {"version":1,"devices":[{"id":"device-000000000001","name":"phone","paired_at":"2026-01-02T03:04:05Z",
        "cookie_sha256":"ab","addresses":["192.0.2.10"],CHANGE}]}
        """.Replace("ab", new string('0', 64), StringComparison.Ordinal).Replace("CHANGE", change, StringComparison.Ordinal);

    private Pairing Open() => new(_folder.Path, _clock, _random, _log);

    private string PairOne()
    {
        using var pairing = Open();
        return pairing.TryPair(pairing.Current.Value, Phone, "phone").Cookie!;
    }
}
