using System.Diagnostics;
using System.Text.Json.Nodes;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Recording;

public sealed class DiskFaultTests
{
    [Fact]
    public async Task DiskFull_RecordingEndsWithOneLineAndTheFileWithAWholeRecord()
    {
        using var disk = await SmallDisk.MountAsync();
        using var small = new TestCase(new TemporaryFolder(), disk.Path);
        var log = new KeptLog();
        var writer = await small.OpenAsync(TestCase.Options with { WaitingFlows = 4 }, logger: log);

        var fault = await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await writer.RecordAsync(TestCase.Large(writer.TakeNumber(), 100_000), default);
            }
        });
        Assert.Contains("evidence of case lab can't be written", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Equal(fault.Message, (await Assert.ThrowsAsync<IOException>(() => writer.FlushAsync(default))).Message);
        await Assert.ThrowsAsync<IOException>(() => writer.RecordAsync(JournalKinds.Phase, new JsonObject(), default));
        await writer.DisposeAsync();
        Assert.Single(log.Lines);

        WarcCheck.AssertSound([small.FirstSegment]);
        var kept = small.Flows().ConvertAll(f => f.Metadata.Number);
        Assert.Equal(small.Committed.Select(c => c.Flow.Metadata.Number), kept);
        Assert.NotEmpty(kept);

        await disk.GrowAsync();
        await using var next = await small.OpenAsync();
        Assert.Empty(small.Journal(JournalKinds.Recovered));
        Assert.True(next.TakeNumber() > kept.Max());
    }

    [Fact]
    public async Task DiskFullAtOpening_IsACaseExceptionAndTheCaseStaysAsItWas()
    {
        using var disk = await SmallDisk.MountAsync();
        using var small = new TestCase(new TemporaryFolder(), disk.Path);
        await small.RecordAsync(2);
        disk.Fill();
        var before = new FileInfo(small.FirstSegment).Length;

        await Assert.ThrowsAsync<CaseException>(() => small.OpenAsync());

        Assert.Equal(before, new FileInfo(small.FirstSegment).Length);
        await disk.GrowAsync();
        await small.RecordAsync(1);
        Assert.Equal(3, small.Flows().Count);
        WarcCheck.AssertSound([small.FirstSegment]);
    }

    [Fact]
    public async Task ReadOnlyDisk_IsACaseExceptionButCanBeRead()
    {
        using var disk = await SmallDisk.MountAsync();
        using var small = new TestCase(new TemporaryFolder(), disk.Path);
        await using (var writer = await small.OpenAsync())
        {
            await writer.RecordAsync(TestCase.Large(1, 1_500_000), default);
        }

        await disk.RemountAsync("ro");

        await Assert.ThrowsAsync<CaseException>(() => small.OpenAsync());
        Assert.Throws<CaseException>(() => CaseFolder.Create(disk.Path, TestCase.Info("other")));
        Assert.Equal(1_500_000, small.Flows()[0].Request!.Body.ToMemory().Length);
    }

    [Fact]
    public async Task FolderGone_IsACaseException()
    {
        using var gone = new TestCase();
        Directory.Delete(gone.Folder.Path, recursive: true);

        var refusal = await Assert.ThrowsAsync<CaseException>(() => gone.OpenAsync());

        Assert.Contains(gone.Folder.Path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FolderGoneWhileRecording_FaultsWhenTheNextSegmentIsDue()
    {
        using var gone = new TestCase();
        var writer = await gone.OpenAsync(TestCase.Options with { SegmentFlows = 1 });
        await writer.RecordAsync(Some.Flow(1), default);
        await writer.FlushAsync(default);
        Directory.Delete(gone.Folder.Path, recursive: true);
        var spooled = new Model.FileBody(Path.Combine(gone.Folder.SpoolFolder, "1"), 9);
        await writer.RecordAsync(Some.Flow(2) with { Request = new Model.Message(Some.Flow().Request!.Head, spooled) }, default);

        await Assert.ThrowsAsync<IOException>(() => writer.FlushAsync(default));

        await writer.DisposeAsync();
    }

    /// <summary>A disk of 4 MiB in memory; only root can mount one.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public string Path => _folder.Path;

        public static async Task<SmallDisk> MountAsync()
        {
            Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a small disk needs root on Linux");
            var disk = new SmallDisk();
            var exit = await RunAsync("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.Path);
            if (exit != 0)
            {
                disk._folder.Dispose();
                Assert.Skip("mounting is not allowed here");
            }

            return disk;
        }

        public Task GrowAsync() => RemountAsync("size=8m");

        public async Task RemountAsync(string options) => Assert.Equal(0, await RunAsync("mount", "-o", "remount," + options, Path));

        public void Fill()
        {
            var filler = System.IO.Path.Combine(Path, "filler");
            using var file = new FileStream(filler, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            try
            {
                while (true)
                {
                    file.Write(new byte[4096]);
                }
            }
            catch (IOException e)
            {
                Assert.Contains("space", e.Message, StringComparison.OrdinalIgnoreCase);
            }
        }

        public void Dispose()
        {
            using (var umount = Process.Start("umount", ["-l", Path]))
            {
                umount.WaitForExit();
            }

            _folder.Dispose();
        }

        private static async Task<int> RunAsync(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }
}
