namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>A small file system in memory (tmpfs), mounted for a test.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Mounts one; skips the test where that is not possible.</summary>
    public static async Task<SmallDisk> MountAsync(string folder, string size, string access = "rw")
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a file system needs Linux and root");
        Directory.CreateDirectory(folder);
        var outcome = await Built.RunOtherAsync("mount", "-t", "tmpfs", "-o", $"size={size},{access}", "trafficaudit-test", folder);
        Assert.SkipUnless(outcome.ExitCode == 0, $"tmpfs can't be mounted here: {outcome.Error}");
        return new SmallDisk(folder);
    }

    /// <summary>Gives it more room.</summary>
    public async Task GrowAsync(string size)
    {
        var outcome = await Built.RunOtherAsync("mount", "-o", $"remount,size={size}", _folder);
        Assert.Equal(0, outcome.ExitCode);
    }

    public async ValueTask DisposeAsync() => await Built.RunOtherAsync("umount", "-l", _folder);
}
