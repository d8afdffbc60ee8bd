using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Testing;

namespace TrafficAudit.Capture.Tests.Doors;

/// <summary>The set-up pages on a real Kestrel, asked by a real client.</summary>
public sealed class SetupPagesTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(Some.Time);
    private readonly FixedRandom random = new();
    private readonly CertificateAuthority authority;
    private readonly Pairing pairing;
    private readonly WebApplication server;
    private readonly CookieContainer cookies = new();
    private HttpClient phone = null!;
    private Uri address = null!;

    public SetupPagesTests()
    {
        authority = CertificateAuthority.LoadOrCreate(folder.Path, clock);
        pairing = new Pairing(folder.Path, clock, random, new RecordingLogger());
        server = Serve(DoorPolicy.Paired);
    }

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync(TestContext.Current.CancellationToken);
        address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        phone = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies, UseProxy = false }) { BaseAddress = address };
    }

    public async ValueTask DisposeAsync()
    {
        phone.Dispose();
        await server.DisposeAsync();
        pairing.Dispose();
        authority.Dispose();
        random.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task StartPage_SaysWhatToDoInBothLanguages()
    {
        var (response, page) = await Get("/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("This phone is not paired", page, StringComparison.Ordinal);
        Assert.Contains("등록되지 않았습니다", page, StringComparison.Ordinal);
        Assert.Equal(10, page.Split("<li>").Length - 1);
        Assert.Contains(authority.Sha256Fingerprint, page, StringComparison.Ordinal);
        Assert.Contains(address.Authority, page, StringComparison.Ordinal);
        Assert.Contains("href=\"/ca.crt\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        Assert.DoesNotContain(pairing.Current.Value, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ko-KR,ko;q=0.9", "ko")]
    [InlineData("en-US,en;q=0.9", "en")]
    [InlineData("zz<script>", "en")]
    public async Task PreferredLanguage_ComesFirst(string accept, string first)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept-Language", accept);
        using var response = await phone.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains($"<html lang=\"{first}\">", await Text(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/pair?s=x")]
    [InlineData("/pair")]
    [InlineData("/nothing")]
    [InlineData("/ca.crt")]
    public async Task EveryAnswer_ForbidsScriptsSniffingAndReferrers(string path)
    {
        var (response, page) = await Get(path);

        Assert.StartsWith("default-src 'none'; style-src 'self'; form-action 'self'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("no-store", Header(response, "Cache-Control"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Certificate_IsServedAsDerAndPem()
    {
        using var der = await phone.GetAsync(new Uri("/ca.crt", UriKind.Relative), TestContext.Current.CancellationToken);
        using var certificate = X509CertificateLoader.LoadCertificate(await der.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var (pem, text) = await Get("/ca.pem");

        Assert.Equal("application/x-x509-ca-cert", der.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Convert.ToHexString(certificate.GetCertHash(HashAlgorithmName.SHA256)), authority.Sha256Fingerprint.Replace(":", "", StringComparison.Ordinal));
        Assert.Equal(authority.Pem, text);
        Assert.DoesNotContain("PRIVATE", text, StringComparison.Ordinal);
        Assert.Equal("application/x-pem-file", pem.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Style_ComesFromThePagesThemselves()
    {
        var (response, text) = await Get("/style.css");

        Assert.Equal("text/css; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("font", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PairingForm_IsFilledFromTheLinkAndTheBrowserAndPairsNothing()
    {
        phone.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Linux; Android 14; SM-S911N) AppleWebKit/537.36");
        var secret = pairing.Current.Value;
        var (response, page) = await Get(pairing.Current.PathAndQuery);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($"name=\"s\" value=\"{secret}\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Android SM-S911N\"", page, StringComparison.Ordinal);
        Assert.Empty(pairing.Devices);
        Assert.Equal(secret, pairing.Current.Value);
    }

    [Fact]
    public async Task PostedSecret_PairsThePhoneAndSetsACookie()
    {
        using var response = await Pair("시험용 전화");

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/", response.Headers.Location!.ToString());
        var cookie = Header(response, "Set-Cookie");
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("시험용 전화", pairing.DeviceOf(IPAddress.Loopback)!.Name);
        Assert.Contains("This phone is paired as “시험용 전화”", (await Get("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MarkupInADeviceName_IsShownAsText()
    {
        const string name = "\"><script>alert(1)</script>'&";
        using var response = await Pair(name);

        var page = (await Get("/")).Text;
        Assert.Equal(name, pairing.Devices.Single().Name);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#x27;&amp;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MarkupInTheLink_IsShownAsText()
    {
        var page = (await Get("/pair?s=" + Uri.EscapeDataString("\"><script>alert(1)</script>"))).Text;

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&quot;&gt;&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a'b&c.example:81")]
    [InlineData("a%3Cscript%3E.example:81")]
    public async Task HostHeader_IsShownAsText(string host)
    {
        var answer = await Raw($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.DoesNotContain("a'b&c", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ThroughTheProxy_TheAddressToEnterIsThatOfTheConnection()
    {
        var answer = await Raw("GET http://audit.test/ HTTP/1.1\r\nHost: audit.test\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains(address.Authority, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongSecret_IsRefusedAndSaysWhatToDo()
    {
        using var response = await Post("/pair", new() { ["s"] = "wrong", ["name"] = "x" });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("Scan the code that the laptop", await Text(response), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Empty(pairing.Devices);
    }

    [Fact]
    public async Task ExpiredSecret_IsRefused()
    {
        var secret = pairing.Current.Value;
        clock.Advance(TimeSpan.FromMinutes(11));
        using var response = await Post("/pair", new() { ["s"] = secret, ["name"] = "x" });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task LinkWithoutSecret_IsRefused() => Assert.Equal(HttpStatusCode.Forbidden, (await Get("/pair")).Response.StatusCode);

    [Fact]
    public async Task Guessing_IsStopped()
    {
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await Post("/pair", new() { ["s"] = $"wrong{i}" });
        }

        using var response = await Post("/pair", new() { ["s"] = pairing.Current.Value });
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("600", Header(response, "Retry-After"));
        Assert.Empty(pairing.Devices);
    }

    [Fact]
    public async Task PhoneWithACookieAtANewAddress_IsPairedByOpeningThePage()
    {
        using var paired = await Pair("phone");
        var id = pairing.Devices.Single().Id;
        using var other = await Pair("other phone", keepCookie: false);
        Assert.NotEqual(id, pairing.DeviceOf(IPAddress.Loopback)!.Id);

        Assert.Contains("paired as “phone”", (await Get("/")).Text, StringComparison.Ordinal);
        Assert.Equal(id, pairing.DeviceOf(IPAddress.Loopback)!.Id);
    }

    [Fact]
    public async Task PairedPhone_MayRenameItself()
    {
        using var paired = await Pair("old");
        Assert.Contains("action=\"/name\"", (await Get("/")).Text, StringComparison.Ordinal);
        using var response = await Post("/name", new() { ["name"] = "new" });

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("new", pairing.Devices.Single().Name);
    }

    [Fact]
    public async Task RenamingWithoutTheCookie_IsRefused()
    {
        using var paired = await Pair("old", keepCookie: false);
        using var response = await Post("/name", new() { ["name"] = "new" });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("old", pairing.Devices.Single().Name);
        Assert.DoesNotContain("<form", (await Get("/")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OversizedPost_IsRefused(bool announced)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/pair");
        request.Content = new StringContent($"s={pairing.Current.Value}&name={new string('a', 5000)}", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        request.Headers.TransferEncodingChunked = !announced;
        using var response = await phone.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(pairing.Devices);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("s=%")]
    [InlineData("s=%ff%fe&s=2&=&&name=%00")]
    [InlineData("\0\0\0")]
    public async Task FormThatIsNone_IsRefused(string body)
    {
        using var response = await phone.PostAsync(new Uri("/pair", UriKind.Relative), new StringContent(body), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task BrokenChunks_AreRefused()
    {
        var answer = await Raw("POST /pair HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BodyThatDoesNotCome_IsGivenUpAfterTenSeconds()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync("POST /pair HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = new StreamReader(stream).ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

        // The request's timer starts at some moment after the bytes were sent; the clock goes on until it has run out.
        while (!answer.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.StartsWith("HTTP/1.1 408", await answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "/")]
    [InlineData("DELETE", "/pair")]
    [InlineData("OPTIONS", "/nothing")]
    [InlineData("POST", "/")]
    [InlineData("GET", "/name")]
    public async Task OtherMethods_AreNotAllowed(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await phone.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/ca.crt/")]
    [InlineData("/PAIR")]
    [InlineData("/ca-key.pem")]
    [InlineData("/..%2fca-key.pem")]
    [InlineData("/%00")]
    public async Task OtherPaths_AreNotFound(string path)
    {
        var answer = await Raw($"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        Assert.Matches("^HTTP/1.1 40[04]", answer);
        Assert.DoesNotContain("PRIVATE", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_HasTheHeadersAndNoBody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/");
        using var response = await phone.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 1000);
        Assert.Empty(await Text(response));
    }

    [Fact]
    public async Task WithEveryDeviceAccepted_ThePageSaysSo()
    {
        await using var open = Serve(DoorPolicy.All);
        await open.StartAsync(TestContext.Current.CancellationToken);
        var page = await phone.GetStringAsync(new Uri(open.Urls.Single()), TestContext.Current.CancellationToken);

        Assert.Contains("accepts every device", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit.test", 80, true)]
    [InlineData("AUDIT.test", 80, true)]
    [InlineData("audit.test", 443, false)]
    [InlineData("audit.test.example", 80, false)]
    [InlineData("192.0.2.1", 8080, true)]
    [InlineData("::ffff:192.0.2.1", 8080, true)]
    [InlineData("[::ffff:192.0.2.1]", 8080, true)]
    [InlineData("192.0.2.1", 80, false)]
    [InlineData("192.0.2.2", 8080, false)]
    [InlineData("", 80, false)]
    [InlineData("\0", 8080, false)]
    public void PagesAreAskedFor_ByNameOrByTheAddressThatWasReached(string host, int port, bool expected) =>
        Assert.Equal(expected, SetupPages.AreAskedFor(host, port, new IPEndPoint(IPAddress.Parse("::ffff:192.0.2.1"), 8080)));

    private WebApplication Serve(DoorPolicy policy)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(new SetupPages(authority, pairing, policy, clock).HandleAsync);
        return app;
    }

    private Task<HttpResponseMessage> Pair(string name, bool keepCookie = true)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["s"] = pairing.Current.Value, ["name"] = name };
        return keepCookie ? Post("/pair", form) : PostWithoutCookies(form);
    }

    private async Task<HttpResponseMessage> PostWithoutCookies(Dictionary<string, string> form)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = address };
        return await client.PostAsync(new Uri("/pair", UriKind.Relative), new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
    }

    private Task<HttpResponseMessage> Post(string path, Dictionary<string, string> form) =>
        phone.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);

    private async Task<(HttpResponseMessage Response, string Text)> Get(string path)
    {
        var response = await phone.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (response, await Text(response));
    }

    private async Task<string> Raw(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        return await new StreamReader(client.GetStream()).ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));

    private static Task<string> Text(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
