using TrafficAudit.Running;
using TrafficAudit.Testing;

namespace TrafficAudit.Tests.Running;

public sealed class FolderWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task ChangeThatFailsOnAFullDisk_IsTold_AndTheWatchGoesOnAndEndsInOrder()
    {
        using var folder = new TemporaryFolder();
        var (calls, said) = (0, "");
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var watch = new FolderWatch(
            folder.Path, ["*.yaml"], () => ++calls == 1 ? throw new IOException("no space left") : Task.Run(second.SetResult), line => { said = line; first.SetResult(); }, TimeProvider.System);

        await File.WriteAllTextAsync(folder.File("a.yaml"), "1", TestContext.Current.CancellationToken);
        await first.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("a.yaml"), "22", TestContext.Current.CancellationToken);
        await second.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await watch.DisposeAsync();

        Assert.Equal(("! no space left", 2), (said, calls));
    }
}
