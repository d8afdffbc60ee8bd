using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests;

/// <summary>A blocked device, and what it has open; and that each device has a session of its own.</summary>
public sealed class BlockingTests
{
    private static readonly IPAddress First = IPAddress.Parse("127.0.34.2");
    private static readonly IPAddress Second = IPAddress.Parse("127.0.34.3");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BlockedDevice_IsToldSoAndNothingIsForwarded_UntilItIsServedAgain()
    {
        var served = 0;
        await using var server = await WebServer.StartAsync("127.0.34.10", c => c.Response.WriteAsync($"{Interlocked.Increment(ref served)}"));
        await using var proxy = await ProxyHarness.StartAsync(["shop.example:127.0.34.10"]);
        var device = proxy.Pair("phone", First);
        using var phone = proxy.Client(from: First);
        var url = $"http://shop.example:{server.Endpoint.Port}/";

        // The same connection before and after.
        var before = await phone.GetStringAsync(url, Cancellation);
        proxy.Pairing.Block(device.Id);
        using var refused = await phone.GetAsync(url, Cancellation);
        await using var connect = await proxy.ConnectAsync(First);
        await connect.WriteAsync("CONNECT shop.example:443 HTTP/1.1\r\n\r\n"u8.ToArray(), Cancellation);
        var connected = await new StreamReader(connect).ReadToEndAsync(Cancellation);
        proxy.Pairing.Unblock(device.Id);
        var after = await phone.GetStringAsync(url, Cancellation);

        Assert.Equal(("1", "2"), (before, after));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("was blocked on the laptop", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403", connected, StringComparison.Ordinal);
        Assert.Contains("blocked", connected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenTunnel_IsClosedWhenItsDeviceIsBlocked_AndAnotherDevicesIsNot()
    {
        await using var server = await WebServer.StartAsync("127.0.34.11", c => c.Response.WriteAsync("hello"));
        await using var proxy = await ProxyHarness.StartAsync(["shop.example:127.0.34.11"], door: DoorPolicy.Paired);
        var device = proxy.Pair("one", First);
        proxy.Pair("two", Second);
        var head = Encoding.ASCII.GetBytes($"CONNECT shop.example:{server.Endpoint.Port} HTTP/1.1\r\n\r\n");
        await using var one = await proxy.ConnectAsync(First);
        await using var two = await proxy.ConnectAsync(Second);
        foreach (var tunnel in new[] { one, two })
        {
            await tunnel.WriteAsync(head, Cancellation);
            Assert.StartsWith("HTTP/1.1 200", await ProxyHarness.ReadHeadAsync(tunnel), StringComparison.Ordinal);
        }

        proxy.Pairing.Block(device.Id);

        Assert.True(await EndsAsync(one));
        await two.WriteAsync("GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancellation);
        Assert.Contains("hello", await new StreamReader(two).ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestUnderWay_EndsWhenItsDeviceIsBlocked()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await WebServer.StartAsync("127.0.34.12", async c =>
        {
            arrived.SetResult();
            await never.Task.WaitAsync(c.RequestAborted);
        });
        await using var proxy = await ProxyHarness.StartAsync(["slow.example:127.0.34.12"]);
        var device = proxy.Pair("phone", First);
        using var phone = proxy.Client(from: First);
        var answer = phone.GetAsync($"http://slow.example:{server.Endpoint.Port}/", Cancellation);
        await arrived.Task;

        proxy.Pairing.Block(device.Id);

        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        never.SetResult();
    }

    [Fact]
    public async Task BlockedPhone_StillReachesTheSetupPage()
    {
        await using var proxy = await ProxyHarness.StartAsync();
        proxy.Pairing.Block(proxy.Pair("phone", First).Id);
        using var phone = proxy.Client(from: First);

        Assert.Contains("was blocked on the laptop", await phone.GetStringAsync("https://audit.test/", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoDevices_HaveASessionAndAPhaseEach_AndClientsWithoutDeviceShareOne()
    {
        await using var server = await WebServer.StartAsync("127.0.34.13", c => c.Response.WriteAsync("hello"));
        await using var proxy = await ProxyHarness.StartAsync(["shop.example:127.0.34.13"]);
        var (one, two) = (proxy.Pair("one", First), proxy.Pair("two", Second));
        proxy.Sessions.SetPhaseOfAll("before_consent");
        proxy.Sessions.SetPhase(two.Id, "consented");
        var url = $"http://shop.example:{server.Endpoint.Port}/";
        var flows = new List<(string? Session, string? Device, string? Phase)>();
        foreach (var from in new[] { "127.0.34.2", "127.0.34.3", "127.0.34.2", "127.0.34.4", "127.0.34.5" })
        {
            using var phone = proxy.Client(from: IPAddress.Parse(from));
            await phone.GetStringAsync(url, Cancellation);
            using var flow = await proxy.Sink.NextAsync();
            flows.Add((flow.Metadata.Session, flow.Metadata.Device, flow.Metadata.Phase));
        }

        Assert.Equal([one.Id, two.Id, one.Id, null, null], flows.Select(f => f.Device));
        Assert.Equal(["before_consent", "consented", "before_consent", "before_consent", "before_consent"], flows.Select(f => f.Phase));
        Assert.Equal(flows[0].Session, flows[2].Session);
        Assert.Equal(flows[3].Session, flows[4].Session);
        Assert.Equal(3, flows.Select(f => f.Session).Distinct(StringComparer.Ordinal).Count());
        Assert.All(flows, f => Assert.Matches(@"^s\d{8}T\d{6}Z-[123]$", f.Session));
    }

    private static async Task<bool> EndsAsync(Stream stream)
    {
        try
        {
            return await stream.ReadAsync(new byte[16], Cancellation) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
