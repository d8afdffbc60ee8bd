using TrafficAudit.Testing;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>A case that <c>capture</c> recorded, sealed and had stamped; each test works on a copy of its folder.</summary>
public sealed class SealedLab : IAsyncLifetime
{
    public const string Case = "sealed";

    internal Laboratory Lab { get; } = new();

    public TimestampServer Authority { get; private set; } = null!;

    /// <summary>What <c>capture</c> said.</summary>
    public string Terminal { get; private set; } = "";

    public string Original => Path.Combine(Lab.Folder, "captures", Case);

    public async ValueTask InitializeAsync()
    {
        Authority = await TimestampServer.StartAsync("127.0.62.1");
        await File.WriteAllTextAsync(Lab.PathOf("app.apk"), "an invented package");
        await using var server = await WebServer.StartAsync("127.0.21.61", async context =>
        {
            context.Response.ContentType = "text/plain";
            await context.Response.Body.WriteAsync("answer"u8.ToArray());
        });
        await using var capture = await CaptureProcess.StartAsync(
            Lab, Case, "--resolve", "seal.shop-cn.example:127.0.21.61", "--app", "example.shop", "--operator", "Kim Invented", "--second-person", "Lee Invented",
            "--app-version", "8.1.0", "--app-package", Lab.PathOf("app.apk"), "--scenario", "checkout-3", "--egress-ip", "198.51.100.7", "--tsa", Authority.Address.ToString());
        var curl = await Built.RunOtherAsync(
            "curl", "-sS", "--fail", "--proxy", $"http://{capture.Proxy}", "-o", "/dev/null", $"http://seal.shop-cn.example:{server.Endpoint.Port}/P%C3%A4th?b=[1-5]&a=2");
        Assert.True(curl.ExitCode == 0, curl.Error);
        Assert.Equal(0, await capture.StopAsync());
        Terminal = capture.Terminal;
    }

    /// <summary>A copy of the case that a test may change.</summary>
    internal string Copy(string name)
    {
        var target = Path.Combine(Lab.Folder, "captures", name);
        foreach (var file in Directory.EnumerateFiles(Original, "*", SearchOption.AllDirectories).Where(f => !f.Contains("index", StringComparison.Ordinal)))
        {
            var path = Path.Combine(target, Path.GetRelativePath(Original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }

        return target;
    }

    public async ValueTask DisposeAsync()
    {
        if (Authority is not null)
        {
            await Authority.DisposeAsync();
        }

        Lab.Dispose();
    }
}
