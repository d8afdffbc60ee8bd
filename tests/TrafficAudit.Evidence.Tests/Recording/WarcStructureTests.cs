using System.Diagnostics;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Recording;

public sealed class WarcStructureTests : IDisposable
{
    private readonly TestCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task SegmentsOverRestarts_AreSoundAndOneChain()
    {
        var options = TestCase.Options with { SegmentFlows = 3 };
        await _case.RecordAsync(5, options);
        await _case.RecordAsync(5, options);

        Assert.Equal([1, 2, 3, 4], _case.Folder.Segments);
        WarcCheck.AssertSound(_case.Folder.Segments.Select(_case.Folder.SegmentPath));
        Assert.Equal(10, _case.Flows().Count);
    }

    [Fact]
    public async Task SegmentIsFullByBytes_NextOneIsStarted()
    {
        await using (var writer = await _case.OpenAsync(TestCase.Options with { SegmentBytes = 50_000 }))
        {
            for (var i = 0; i < 4; i++)
            {
                await writer.RecordAsync(TestCase.Large(writer.TakeNumber(), 50_000), default);
            }
        }

        Assert.Equal([1, 2, 3, 4], _case.Folder.Segments);
        WarcCheck.AssertSound(_case.Folder.Segments.Select(_case.Folder.SegmentPath));
    }

    [Fact]
    public async Task FlowsRecords_AreRequestResponseMetadataTiedTogether()
    {
        await _case.RecordAsync(1);

        var records = WarcCheck.Read(_case.FirstSegment).Where(r => r["TA-Flow"] == "1").ToList();
        Assert.Equal(["request", "response", "metadata"], records.Select(r => r.Type));
        Assert.Equal([null, records[0]["WARC-Record-ID"], records[0]["WARC-Record-ID"]], records.Select(r => r["WARC-Concurrent-To"]));
        Assert.All(records, r => Assert.Equal("https://api.shop.example/items?id=1", r["WARC-Target-URI"]));
        Assert.All(records.Take(2), r => Assert.Equal("192.0.2.10", r["WARC-IP-Address"]));
        Assert.Equal(["http/1.1", "tls/1.3"], records[1].Fields.Where(f => f.Name == "WARC-Protocol").Select(f => f.Value));
        Assert.Equal("TLS_AES_128_GCM_SHA256", records[1]["WARC-Cipher-Suite"]);
        Assert.Equal("application/http;msgtype=response", records[1]["Content-Type"]);
    }

    [Fact]
    public async Task EqualFlows_HaveDifferentSalts()
    {
        await _case.RecordAsync(3);

        var salts = WarcCheck.Read(_case.FirstSegment).Select(r => r["TA-Salt"]).ToList();
        Assert.Equal(salts.Count, salts.Distinct().Count());
    }

    [Fact]
    public async Task Gzip_AcceptsAndUnpacksTheSegment()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/gzip") || File.Exists("/bin/gzip"), "gzip is not installed");
        await using (var writer = await _case.OpenAsync())
        {
            await writer.RecordAsync(TestCase.Large(1, 3_000_000), default);
            await writer.RecordAsync(Some.Flow(2), default);
        }

        await RunAsync("gzip", "-t", _case.FirstSegment);
        var text = await RunAsync("zcat", _case.FirstSegment);

        Assert.Equal(WarcCheck.Read(_case.FirstSegment).Count, text.Split("WARC/1.1\r\n").Length - 1);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Files_AreTheirOwnersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes");
        await using var writer = await _case.OpenAsync(TestCase.Options with { SegmentFlows = 1 });
        await writer.RecordAsync(Some.Flow(1), default);
        await writer.RecordAsync(Some.Flow(2), default);
        await writer.FlushAsync(default);

        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.True(Directory.GetFiles(_case.Folder.Path).Length >= 5);
        Assert.All(Directory.GetFiles(_case.Folder.Path), f => Assert.Equal(file, File.GetUnixFileMode(f)));
        Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(_case.Folder.Path));
        Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(_case.Folder.SpoolFolder));
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((0, ""), (process.ExitCode, await error));
        return output;
    }
}
