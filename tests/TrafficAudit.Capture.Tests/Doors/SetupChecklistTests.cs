using System.Net;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using TrafficAudit.Capture.Doors;

namespace TrafficAudit.Capture.Tests.Doors;

/// <summary>The checks that a phone runs on itself, through a proxy that serves paired devices only.</summary>
public sealed class SetupChecklistTests : IAsyncLifetime
{
    private static readonly IPAddress Phone = IPAddress.Parse("127.0.33.2");

    private ProxyHarness _proxy = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _proxy = await ProxyHarness.StartAsync(door: DoorPolicy.Paired, listen: IPAddress.Parse("127.0.33.1"));

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Fact]
    public async Task RequestThroughTheProxy_PassesTheFirstCheckAlone()
    {
        using var phone = _proxy.Client(from: Phone);

        var answer = await ProbeAsync(phone, "http");

        Assert.True(answer.GetProperty("through_proxy").GetBoolean());
        Assert.False(answer.GetProperty("tls").GetBoolean());
        Assert.Equal([SetupCheck.ProxyReached], Passed("127.0.33.2"));
    }

    [Fact]
    public async Task ProbeOverHttp2_ShowsTheAuthorityAndPassesForTheDevice()
    {
        var device = _proxy.Pair("phone", Phone);
        using var phone = _proxy.Client(HttpVersion.Version20, Phone);

        var answer = await ProbeAsync(phone, "https");

        Assert.Equal("HTTP/2", answer.GetProperty("http_version").GetString());
        Assert.Equal(
            Convert.ToHexString(_proxy.Authority.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256)),
            answer.GetProperty("authority_sha256").GetString()!.Replace(":", "", StringComparison.Ordinal));
        Assert.Equal([SetupCheck.ProxyReached, SetupCheck.CaTrusted, SetupCheck.Http2], Passed(device.Id));
        Assert.Empty(Passed("127.0.33.2"));
    }

    [Fact]
    public async Task PhoneThatDoesNotTrustTheAuthority_PassesNothingAndRecordsNothing()
    {
        using var phone = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy($"http://{_proxy.Endpoint}") });

        await Assert.ThrowsAsync<HttpRequestException>(() => phone.GetAsync("https://audit.test/check/probe", Cancellation));

        Assert.Empty(Passed("127.0.0.1"));
        await _proxy.StopAsync();
        Assert.Equal(1, _proxy.Sink.TakeNumber());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task WebSocket_SendsBackWhatComesAndPasses(int version)
    {
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = new Version(version, version == 1 ? 1 : 0);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.SetRequestHeader("Origin", "http://audit.test");
        using var invoker = new HttpMessageInvoker(_proxy.Handler(Phone));
        await socket.ConnectAsync(new Uri("wss://audit.test/check/ws"), invoker, Cancellation);

        await socket.SendAsync(Encoding.UTF8.GetBytes("안녕"), WebSocketMessageType.Text, endOfMessage: true, Cancellation);
        var buffer = new byte[256];
        var echo = await socket.ReceiveAsync(buffer, Cancellation);

        Assert.Equal("안녕", Encoding.UTF8.GetString(buffer, 0, echo.Count));
        Assert.Contains(SetupCheck.WebSocket, Passed("127.0.33.2"));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
    }

    [Fact]
    public async Task WebSocket_TakesNoLongMessage()
    {
        using var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(_proxy.Handler(Phone));
        await socket.ConnectAsync(new Uri("wss://audit.test/check/ws"), invoker, Cancellation);

        await socket.SendAsync(new byte[10_000], WebSocketMessageType.Binary, endOfMessage: true, Cancellation);
        var answer = await socket.ReceiveAsync(new byte[256], Cancellation);

        Assert.Equal(WebSocketMessageType.Close, answer.MessageType);
        Assert.DoesNotContain(SetupCheck.WebSocket, Passed("127.0.33.2"));
    }

    [Theory]
    [InlineData("http://audit.test", true)]
    [InlineData("https://audit.test", true)]
    [InlineData("http://127.0.33.1:PORT", true)]
    [InlineData("https://127.0.33.1:PORT", false)]
    [InlineData("http://127.0.33.1", false)]
    [InlineData("http://127.0.33.9:PORT", false)]
    [InlineData("http://audit.test:81", false)]
    [InlineData("http://audit.test.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    public async Task OnlyAPageOfOurs_MayReadTheProbeOrOpenTheSocket(string origin, bool may)
    {
        origin = origin.Replace("PORT", $"{_proxy.Endpoint.Port}", StringComparison.Ordinal);
        using var phone = _proxy.Client(from: Phone);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://audit.test/check/probe") { Headers = { { "Origin", origin } } };
        using var response = await phone.SendAsync(request, Cancellation);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin);
        using var invoker = new HttpMessageInvoker(_proxy.Handler(Phone));
        var opening = socket.ConnectAsync(new Uri("wss://audit.test/check/ws"), invoker, Cancellation);

        Assert.Equal(may ? [origin] : [], response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed : []);
        Assert.Equal("Origin", string.Join(',', response.Headers.Vary));
        if (may)
        {
            await opening;
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => opening);
        }
    }

    [Fact]
    public async Task ByHand_ThePageSaysWhatItProved()
    {
        using var phone = _proxy.Client(from: Phone);

        Assert.Contains("came through the proxy.", await phone.GetStringAsync("http://audit.test/check/", Cancellation), StringComparison.Ordinal);
        Assert.Contains("over HTTPS (HTTP/1.1)", await phone.GetStringAsync("https://audit.test/check/", Cancellation), StringComparison.Ordinal);
        Assert.Equal([SetupCheck.ProxyReached, SetupCheck.CaTrusted], Passed("127.0.33.2"));
        Assert.Contains("data-check=\"ca_trusted\" data-state=\"passed\"", await phone.GetStringAsync("http://audit.test/", Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit.test:80")]
    [InlineData("AUDIT.TEST:443")]
    [InlineData("audit.test.:443")]
    public async Task PlainRequestInASetupTunnel_GetsThePagesWhateverHostItNames(string authority)
    {
        await using var tunnel = await _proxy.TunnelAsync(authority);
        await tunnel.WriteAsync("GET /check/probe HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancellation);

        Assert.Contains("through_proxy", await new StreamReader(tunnel).ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BytesThatAreNoHttpInASetupTunnel_GoNowhere()
    {
        await using var tunnel = await _proxy.TunnelAsync("audit.test:443");
        await tunnel.WriteAsync("\u0001\u0002\u0003 no protocol"u8.ToArray(), Cancellation);

        Assert.Empty(await new StreamReader(tunnel).ReadToEndAsync(Cancellation));
        await _proxy.StopAsync();
        Assert.Equal(1, _proxy.Sink.TakeNumber());
    }

    [Theory]
    [InlineData("audit.test:8443")]
    [InlineData("www.audit.test:443")]
    [InlineData("shop.example:443")]
    public async Task OtherTunnels_StayClosedToAPhoneThatIsNotPaired(string authority)
    {
        await using var stream = await _proxy.ConnectAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {authority} HTTP/1.1\r\n\r\n"), Cancellation);

        Assert.StartsWith("HTTP/1.1 403", await ProxyHarness.ReadHeadAsync(stream), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_IsToldOnce()
    {
        var told = new List<string>();
        _proxy.Checks.Passed += (_, e) => told.Add($"{e.Client} {e.Check}");
        using var phone = _proxy.Client(from: Phone);

        await ProbeAsync(phone, "http");
        await ProbeAsync(phone, "http");

        Assert.Equal(["127.0.33.2 ProxyReached"], told);
    }

    private static async Task<JsonElement> ProbeAsync(HttpClient phone, string scheme)
    {
        using var json = JsonDocument.Parse(await phone.GetStringAsync($"{scheme}://audit.test/check/probe", Cancellation));
        return json.RootElement.Clone();
    }

    private List<SetupCheck> Passed(string client) => [.. Enum.GetValues<SetupCheck>().Where(c => _proxy.Checks.HasPassed(client, c))];
}
