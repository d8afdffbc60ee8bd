using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>Large bodies and many streams through the built program.</summary>
public sealed class VolumeTests
{
    private const long Gibibyte = 1L << 30;
    private const long MemoryLimit = 300L << 20;

    [Fact]
    public async Task GibibyteDownAndUp_PassesInBoundedMemory()
    {
        using var lab = new Laboratory();
        var block = RandomNumberGenerator.GetBytes(1 << 20);
        long received = 0;
        await using var server = await WebServer.StartAsync(
            "127.0.21.3",
            async context =>
            {
                if (HttpMethods.IsGet(context.Request.Method))
                {
                    context.Response.ContentLength = Gibibyte;
                    for (long sent = 0; sent < Gibibyte; sent += block.Length)
                    {
                        await context.Response.Body.WriteAsync(block);
                    }
                }
                else
                {
                    var buffer = new byte[1 << 16];
                    int read;
                    while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
                    {
                        received += read;
                    }
                }
            },
            lab.Servers.Issue(["big.shop-cn.example"]));
        await using var capture = await CaptureProcess.StartAsync(lab, "big", "--resolve", "big.shop-cn.example:127.0.21.3");
        await using (var file = File.Create(lab.PathOf("upload")))
        {
            file.SetLength(Gibibyte);
        }

        var url = $"https://big.shop-cn.example:{server.Endpoint.Port}/";
        string[] common = ["-sS", "--fail", "--proxy", $"http://{capture.Proxy}", "--cacert", capture.Authority, "-o", "/dev/null"];
        var down = await Built.RunOtherAsync("curl", [.. common, "-w", "%{size_download}", url]);
        var up = await Built.RunOtherAsync("curl", [.. common, "-T", lab.PathOf("upload"), "-w", "%{size_upload}", url]);

        Assert.True(down.ExitCode == 0 && up.ExitCode == 0, down.Error + up.Error);
        Assert.Equal(Gibibyte.ToString(CultureInfo.InvariantCulture), down.Output);
        Assert.Equal(Gibibyte, received);
        var peak = capture.PeakMemory();
        TestContext.Current.TestOutputHelper?.WriteLine($"peak resident: {peak >> 20} MiB");
        Assert.True(peak < MemoryLimit, $"peak resident {peak >> 20} MiB");
    }

    [Fact]
    public async Task HundredHttp2Streams_ArriveIntact()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync(
            "127.0.22.3",
            context => context.Response.Body.WriteAsync(Bytes(int.Parse(context.Request.Query["n"]!))).AsTask(),
            lab.Servers.Issue(["two.tracker-sg.example"]));
        await using var capture = await CaptureProcess.StartAsync(lab, "streams", "--resolve", "two.tracker-sg.example:127.0.22.3");
        using var client = new HttpClient(new SocketsHttpHandler
        {
            Proxy = new WebProxy($"http://{capture.Proxy}"),
            EnableMultipleHttp2Connections = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        })
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            async n => (n, bytes: await client.GetByteArrayAsync($"https://two.tracker-sg.example:{server.Endpoint.Port}/?n={n}"))));

        Assert.All(all, r => Assert.Equal(SHA256.HashData(Bytes(r.n)), SHA256.HashData(r.bytes)));
    }

    private static byte[] Bytes(int seed)
    {
        var bytes = new byte[300_000];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
