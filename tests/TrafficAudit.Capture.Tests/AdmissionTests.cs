using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests;

public sealed class AdmissionTests
{
    [Fact]
    public async Task UnpairedClient_GetsNothingForwardedUntilItOpensThePairingLink()
    {
        await using var proxy = await ProxyHarness.StartAsync(["shop.example:127.0.13.1"], door: DoorPolicy.Paired);
        var served = 0;
        await using var server = await WebServer.StartAsync("127.0.13.1", c => c.Response.WriteAsync($"{Interlocked.Increment(ref served)}"));
        using var client = proxy.Client();
        var url = $"http://shop.example:{server.Endpoint.Port}/";

        using var refused = await client.GetAsync(url);
        using var pairing = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["s"] = proxy.Pairing.Current.Value, ["name"] = "Test phone" });
        using var paired = await pairing.PostAsync($"http://{proxy.Endpoint}{SetupPages.PairPath}", form);
        var served1 = await client.GetStringAsync(url);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.True(paired.IsSuccessStatusCode, await paired.Content.ReadAsStringAsync());
        Assert.Equal("1", served1);
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(proxy.Pairing.Devices.Single().Id, flow.Metadata.Device);
    }

    [Fact]
    public async Task UnpairedConnect_IsRefusedWithOneLine()
    {
        await using var proxy = await ProxyHarness.StartAsync(door: DoorPolicy.Paired);
        await using var stream = await proxy.ConnectAsync();

        await stream.WriteAsync("CONNECT shop.example:443 HTTP/1.1\r\n\r\n"u8.ToArray());
        var answer = await new StreamReader(stream).ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 403", answer, StringComparison.Ordinal);
        Assert.Contains("not paired", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT nohost HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT a:99999 HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT :443 HTTP/1.1\r\n\r\n")]
    public async Task ConnectWithoutAuthority_Is400(string head)
    {
        await using var proxy = await ProxyHarness.StartAsync();
        await using var stream = await proxy.ConnectAsync();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));

        Assert.StartsWith("HTTP/1.1 400", await ProxyHarness.ReadHeadAsync(stream), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetupPage_IsServedOnTheProxyPortAndThroughTheProxy()
    {
        await using var proxy = await ProxyHarness.StartAsync(door: DoorPolicy.Paired);
        using var direct = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var through = proxy.Client();

        var page = await direct.GetStringAsync($"http://{proxy.Endpoint}/");
        var same = await through.GetStringAsync($"http://{SetupPages.HostName}/");

        Assert.Contains("TrafficAudit", page, StringComparison.Ordinal);
        Assert.Contains("TrafficAudit", same, StringComparison.Ordinal);
    }
}
