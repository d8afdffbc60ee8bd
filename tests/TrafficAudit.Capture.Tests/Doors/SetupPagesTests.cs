using System.Net;
using System.Security.Cryptography.X509Certificates;
using TrafficAudit.Capture.Doors;

namespace TrafficAudit.Capture.Tests.Doors;

/// <summary>The set-up pages on a real Kestrel, asked by a real client: what they show.</summary>
public sealed class SetupPagesTests : IAsyncLifetime
{
    private readonly SetupSite _site = new();

    public ValueTask InitializeAsync() => _site.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task StartPage_SaysWhatToDoInBothLanguages()
    {
        var (response, page) = await _site.Get("/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("This phone is not paired", page, StringComparison.Ordinal);
        Assert.Contains("등록되지 않았습니다", page, StringComparison.Ordinal);
        Assert.Equal(10, page.Split("<li>").Length - 1);
        Assert.Contains(_site.Authority.Sha256Fingerprint, page, StringComparison.Ordinal);
        Assert.Contains(_site.Address.Authority, page, StringComparison.Ordinal);
        Assert.Contains("href=\"/ca.crt\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        Assert.DoesNotContain(_site.Pairing.Current.Value, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ko-KR,ko;q=0.9", "ko")]
    [InlineData("en-US,en;q=0.9", "en")]
    [InlineData("zz<script>", "en")]
    public async Task PreferredLanguage_ComesFirst(string accept, string first)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept-Language", accept);
        using var response = await _site.Phone.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains($"<html lang=\"{first}\">", await SetupSite.Text(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/pair?s=x")]
    [InlineData("/pair")]
    [InlineData("/nothing")]
    [InlineData("/ca.crt")]
    public async Task EveryAnswer_ForbidsScriptsSniffingAndReferrers(string path)
    {
        var (response, page) = await _site.Get(path);

        var policy = SetupSite.Header(response, "Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; style-src 'self'; form-action 'self'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", SetupSite.Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", SetupSite.Header(response, "Referrer-Policy"));
        Assert.Equal("no-store", SetupSite.Header(response, "Cache-Control"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Certificate_IsServedAsDerAndPem()
    {
        using var der = await _site.Phone.GetAsync(new Uri("/ca.crt", UriKind.Relative), TestContext.Current.CancellationToken);
        using var certificate = X509CertificateLoader.LoadCertificate(await der.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var (pem, text) = await _site.Get("/ca.pem");

        Assert.Equal("application/x-x509-ca-cert", der.Content.Headers.ContentType!.MediaType);
        Assert.Equal(_site.Authority.Certificate.RawData, certificate.RawData);
        Assert.Equal(_site.Authority.Pem, text);
        Assert.DoesNotContain("PRIVATE", text, StringComparison.Ordinal);
        Assert.Equal("application/x-pem-file", pem.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Style_ComesFromThePagesThemselves()
    {
        var (response, text) = await _site.Get("/style.css");

        Assert.Equal("text/css; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("font", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a'b&c.example:81")]
    [InlineData("a%3Cscript%3E.example:81")]
    public async Task HostHeader_IsShownAsText(string host)
    {
        var answer = await _site.Raw($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.DoesNotContain("a'b&c", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ThroughTheProxy_TheAddressToEnterIsThatOfTheConnection()
    {
        var answer = await _site.Raw("GET http://audit.test/ HTTP/1.1\r\nHost: audit.test\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains(_site.Address.Authority, answer, StringComparison.Ordinal);
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
        using var response = await _site.Phone.SendAsync(request, TestContext.Current.CancellationToken);

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
        var answer = await _site.Raw($"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        Assert.Matches("^HTTP/1.1 40[04]", answer);
        Assert.DoesNotContain("PRIVATE", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_HasTheHeadersAndNoBody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/");
        using var response = await _site.Phone.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 1000);
        Assert.Empty(await SetupSite.Text(response));
    }

    [Fact]
    public async Task WithEveryDeviceAccepted_ThePageSaysSo()
    {
        await using var open = _site.Serve(DoorPolicy.All);
        await open.StartAsync(TestContext.Current.CancellationToken);
        var page = await _site.Phone.GetStringAsync(new Uri(open.Urls.Single()), TestContext.Current.CancellationToken);

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
}
