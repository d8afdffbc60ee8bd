using System.Net;

namespace TrafficAudit.Review.Tests;

public sealed class ResponseHeaderTests
{
    [Theory]
    [InlineData("GET", "/flows", HttpStatusCode.OK)]
    [InlineData("GET", "/transfers", HttpStatusCode.OK)]
    [InlineData("GET", "/_framework/blazor.web.js", HttpStatusCode.OK)]
    [InlineData("GET", "/assets/review.css", HttpStatusCode.OK)]
    [InlineData("GET", "/assets/icon.svg", HttpStatusCode.OK)]
    [InlineData("GET", "/favicon.ico", HttpStatusCode.NotFound)]
    [InlineData("GET", "/no/such/page", HttpStatusCode.NotFound)]
    [InlineData("POST", "/flows", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/?token=wrong", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/api/v1/status", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/API/v1/status", HttpStatusCode.Unauthorized)]
    public async Task EveryAnswer_CarriesTheHeaders(string method, string path, HttpStatusCode expected)
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await review.SendAsync(review.Request(new HttpMethod(method), path));

        Assert.Equal(expected, response.StatusCode);
        AssertHeaders(response);
    }

    [Theory]
    [InlineData("/api/v1/status", HttpStatusCode.OK)]
    [InlineData("/api/v1/results/flows", HttpStatusCode.OK)]
    [InlineData("/api/v1/results/unknown", HttpStatusCode.NotFound)]
    [InlineData("/api/v2/status", HttpStatusCode.NotFound)]
    public async Task EveryApiAnswer_CarriesTheHeaders(string path, HttpStatusCode expected)
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, path));

        Assert.Equal(expected, response.StatusCode);
        AssertHeaders(response);
    }

    [Fact]
    public async Task PageThatFails_SaysSoWithoutDetails()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Failure = new InvalidOperationException("detail-of-the-failure");

        using var response = await review.SendAsync(review.Request(HttpMethod.Get, "/flows"));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        AssertHeaders(response);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("internal error", page, StringComparison.Ordinal);
        Assert.DoesNotContain("detail-of-the-failure", page, StringComparison.Ordinal);
    }

    private static void AssertHeaders(HttpResponseMessage response)
    {
        string Header(string name) => string.Join('|', response.Headers.GetValues(name));
        var policy = Header("Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(["style-src-attr 'unsafe-inline'"], policy.Split("; ").Where(d => d.Contains("unsafe", StringComparison.Ordinal)));
        Assert.DoesNotContain('|', policy);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("no-store", Header("Cache-Control"));
        Assert.False(response.Headers.Contains("Server"));
    }
}
