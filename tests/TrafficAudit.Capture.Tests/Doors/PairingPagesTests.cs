using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace TrafficAudit.Capture.Tests.Doors;

/// <summary>Pairing by the set-up pages, on a real Kestrel and with a real client that keeps cookies.</summary>
public sealed class PairingPagesTests : IAsyncLifetime
{
    private readonly SetupSite _site = new();

    public ValueTask InitializeAsync() => _site.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task PairingForm_IsFilledFromTheLinkAndTheBrowserAndPairsNothing()
    {
        _site.Phone.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Linux; Android 14; SM-S911N) AppleWebKit/537.36");
        var secret = _site.Pairing.Current.Value;
        var (response, page) = await _site.Get(_site.Pairing.Current.PathAndQuery);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($"name=\"s\" value=\"{secret}\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Android SM-S911N\"", page, StringComparison.Ordinal);
        Assert.Empty(_site.Pairing.Devices);
        Assert.Equal(secret, _site.Pairing.Current.Value);
    }

    [Fact]
    public async Task PostedSecret_PairsThePhoneAndSetsACookie()
    {
        using var response = await _site.Pair("시험용 전화");

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/", response.Headers.Location!.ToString());
        var cookie = SetupSite.Header(response, "Set-Cookie");
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("시험용 전화", _site.Pairing.DeviceOf(IPAddress.Loopback)!.Name);
        Assert.Contains("This phone is paired as “시험용 전화”", (await _site.Get("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MarkupInADeviceName_IsShownAsText()
    {
        const string name = "\"><script>alert(1)</script>'&";
        using var response = await _site.Pair(name);

        var page = (await _site.Get("/")).Text;
        Assert.Equal(name, _site.Pairing.Devices.Single().Name);
        Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#x27;&amp;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MarkupInTheLink_IsShownAsText()
    {
        var page = (await _site.Get("/pair?s=" + Uri.EscapeDataString("\"><script>alert(1)</script>"))).Text;

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&quot;&gt;&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongSecret_IsRefusedAndSaysWhatToDo()
    {
        using var response = await _site.Post("/pair", new() { ["s"] = "wrong", ["name"] = "x" });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("Scan the code that the laptop", await SetupSite.Text(response), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Empty(_site.Pairing.Devices);
    }

    [Fact]
    public async Task ExpiredSecret_IsRefused()
    {
        var secret = _site.Pairing.Current.Value;
        _site.Clock.Advance(TimeSpan.FromMinutes(11));
        using var response = await _site.Post("/pair", new() { ["s"] = secret, ["name"] = "x" });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task LinkWithoutSecret_IsRefused() => Assert.Equal(HttpStatusCode.Forbidden, (await _site.Get("/pair")).Response.StatusCode);

    [Fact]
    public async Task Guessing_IsStopped()
    {
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await _site.Post("/pair", new() { ["s"] = $"wrong{i}" });
        }

        using var response = await _site.Post("/pair", new() { ["s"] = _site.Pairing.Current.Value });
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("600", SetupSite.Header(response, "Retry-After"));
        Assert.Empty(_site.Pairing.Devices);
    }

    [Fact]
    public async Task PhoneWithACookieAtANewAddress_IsPairedByOpeningThePage()
    {
        using var paired = await _site.Pair("phone");
        var id = _site.Pairing.Devices.Single().Id;
        using var other = await _site.Pair("other phone", keepCookie: false);
        Assert.NotEqual(id, _site.Pairing.DeviceOf(IPAddress.Loopback)!.Id);

        Assert.Contains("paired as “phone”", (await _site.Get("/")).Text, StringComparison.Ordinal);
        Assert.Equal(id, _site.Pairing.DeviceOf(IPAddress.Loopback)!.Id);
    }

    [Fact]
    public async Task PairedPhone_MayRenameItself()
    {
        using var paired = await _site.Pair("old");
        Assert.Contains("action=\"/name\"", (await _site.Get("/")).Text, StringComparison.Ordinal);
        using var response = await _site.Post("/name", new() { ["name"] = "new" });

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("new", _site.Pairing.Devices.Single().Name);
    }

    [Fact]
    public async Task RenamingWithoutTheCookie_IsRefused()
    {
        using var paired = await _site.Pair("old", keepCookie: false);
        using var response = await _site.Post("/name", new() { ["name"] = "new" });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("old", _site.Pairing.Devices.Single().Name);
        Assert.DoesNotContain("action=\"/name\"", (await _site.Get("/")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OversizedPost_IsRefused(bool announced)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/pair");
        var form = $"s={_site.Pairing.Current.Value}&name={new string('a', 5000)}";
        request.Content = new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        request.Headers.TransferEncodingChunked = !announced;
        using var response = await _site.Phone.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(_site.Pairing.Devices);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("s=%")]
    [InlineData("s=%ff%fe&s=2&=&&name=%00")]
    [InlineData("\0\0\0")]
    public async Task FormThatIsNone_IsRefused(string body)
    {
        using var content = new StringContent(body);
        using var response = await _site.Phone.PostAsync(new Uri("/pair", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task BrokenChunks_AreRefused()
    {
        var answer = await _site.Raw("POST /pair HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BodyThatDoesNotCome_IsGivenUpAfterTenSeconds()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_site.Address.Host, _site.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var head = "POST /pair HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nConnection: close\r\n\r\n"u8.ToArray();
        await stream.WriteAsync(head, TestContext.Current.CancellationToken);
        var answer = new StreamReader(stream).ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

        // The request's timer starts at some moment after the bytes were sent; the clock goes on until it has run out.
        while (!answer.IsCompleted)
        {
            _site.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.StartsWith("HTTP/1.1 408", await answer, StringComparison.Ordinal);
    }
}
