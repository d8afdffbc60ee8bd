using System.Diagnostics;
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
        Assert.Contains(_site.Authority.Sha256Fingerprint, page, StringComparison.Ordinal);
        Assert.Contains(_site.Address.Authority, page, StringComparison.Ordinal);
        Assert.Contains("href=\"/ca.crt\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("action=\"/name\"", page, StringComparison.Ordinal);
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
        Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", SetupSite.Header(response, "X-Content-Type-Options"));
        Assert.Equal(path == "/" ? "same-origin" : "no-referrer", SetupSite.Header(response, "Referrer-Policy"));
        Assert.Equal("no-store", SetupSite.Header(response, "Cache-Control"));
        Assert.DoesNotContain("<script", page.Replace("<script src=\"/setup.js\" defer></script>", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" onclick", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-S911N) AppleWebKit/537.36", "Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15", "iPhone and iPad")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64)", "Other systems")]
    [InlineData("", "Other systems")]
    public async Task StepsOfThePhonesOwnSystem_ComeFirstAndOpen(string agent, string title)
    {
        _site.Phone.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        var page = (await _site.Get("/")).Text;

        Assert.Equal(2, page.Split("<details open>").Length - 1);
        Assert.Contains($"<details open><summary>{title}</summary>", page, StringComparison.Ordinal);
        foreach (var other in new[] { "Android", "iPhone and iPad", "Other systems", "Apps that ignore the proxy", "Automatic configuration" }.Where(t => t != title))
        {
            Assert.True(page.IndexOf($"<details><summary>{other}<", StringComparison.Ordinal) > page.IndexOf("<details open>", StringComparison.Ordinal), other);
        }
    }

    [Fact]
    public async Task AutomaticConfiguration_SendsEverythingToTheProxyButTheProxyItself()
    {
        var (response, script) = await _site.Get("/proxy.pac");

        Assert.Equal("application/x-ns-proxy-autoconfig", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("var own = \"127.0.0.1\";", script, StringComparison.Ordinal);
        Assert.Contains($"? \"DIRECT\" : \"PROXY {_site.Address.Authority}\";", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x\"+alert(1)+\":81")]
    [InlineData("a;b.example:81")]
    [InlineData("<b>:81")]
    public async Task HostThatIsNone_ComesIntoNoScriptAndNoProfile(string host)
    {
        foreach (var path in new[] { "/proxy.pac", "/ios.mobileconfig?ssid=lab", "/" })
        {
            var answer = await _site.Raw($"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

            Assert.DoesNotContain(host[..^3], answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SystemStoreFile_HasTheNameThatOpenSslGivesIt()
    {
        var pem = (await _site.Get("/ca.pem")).Text;
        using var openssl = Process.Start(new ProcessStartInfo("openssl", ["x509", "-noout", "-subject_hash_old"])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        await openssl.StandardInput.WriteAsync(pem);
        openssl.StandardInput.Close();
        var hash = (await openssl.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim();
        var (file, content) = await _site.Get($"/{hash}.0");

        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal(pem, content);
        Assert.Contains($"/system/etc/security/cacerts/{hash}.0", (await _site.Get("/")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ca.crt", "trafficaudit-ca.crt")]
    [InlineData("/ca.cer", "trafficaudit-ca.cer")]
    [InlineData("/ca.pem", "trafficaudit-ca.pem")]
    [InlineData("/ios.mobileconfig", "trafficaudit.mobileconfig")]
    public async Task Downloads_HaveTheirFilesNames(string path, string name)
    {
        using var response = await _site.Phone.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal($"attachment; filename=\"{name}\"", response.Content.Headers.ContentDisposition!.ToString());
    }

    [Fact]
    public async Task OpeningThePageDirectly_PassesNoCheck()
    {
        await _site.Get("/");
        await _site.Get("/check/probe");
        await _site.Get("/check/");

        Assert.All(Enum.GetValues<SetupCheck>(), c => Assert.False(_site.Checks.HasPassed("127.0.0.1", c)));
        Assert.Contains("did not come through the proxy", (await _site.Get("/check/")).Text, StringComparison.Ordinal);
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
        Assert.DoesNotContain("<script>", answer, StringComparison.OrdinalIgnoreCase);
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
    [InlineData("audit.test", 8443, false)]
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
