using System.Net;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Tests;

public sealed class HostTests
{
    [Theory]
    [InlineData("rebound.example:{0}")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.2:{0}")]
    [InlineData("localhost.rebound.example:{0}")]
    [InlineData("[::1]:{0}")]
    public async Task OtherHost_RefusedEvenWithTheToken(string host)
    {
        await using var review = await RunningReview.StartAsync();
        var request = review.Request(HttpMethod.Get, "/flows");
        request.Headers.Host = string.Format(null, host, review.Port);

        using var response = await review.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("rebound", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:{0}")]
    [InlineData("LOCALHOST:{0}")]
    [InlineData("lab-laptop.example:{0}")]
    public async Task LocalhostOrAllowedName_Answered(string host)
    {
        await using var review = await RunningReview.StartAsync(new ReviewOptions { AllowedHosts = ["lab-laptop.example"] });
        var request = review.Request(HttpMethod.Get, "/flows");
        request.Headers.Host = string.Format(null, host, review.Port);

        using var response = await review.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("", "127.0.0.1", 8090, false)]
    [InlineData("127.0.0.1:8090", "127.0.0.1", 8090, true)]
    [InlineData("127.0.0.1:8090", "::ffff:127.0.0.1", 8090, true)]
    [InlineData("[::1]:8090", "::1", 8090, true)]
    [InlineData("127.0.0.1", "127.0.0.1", 80, true)]
    [InlineData("192.0.2.5:8090", "192.0.2.5", 8090, true)]
    [InlineData("192.0.2.6:8090", "192.0.2.5", 8090, false)]
    [InlineData("localhost:8090", "192.0.2.5", 8090, false)]
    [InlineData("name.example:8090", "192.0.2.5", 8090, true)]
    [InlineData("name.example:9999", "192.0.2.5", 8090, false)]
    [InlineData("forwarded.example:9999", "192.0.2.5", 8090, true)]
    [InlineData("forwarded.example:8090", "192.0.2.5", 8090, false)]
    [InlineData("2130706433:8090", "192.0.2.5", 8090, false)]
    [InlineData("127.0.0.1:8090:8090", "127.0.0.1", 8090, false)]
    [InlineData("name.example.:8090", "192.0.2.5", 8090, false)]
    public void Host_AnsweredOnlyIfItIsOurs(string host, string local, int port, bool allowed)
    {
        var hosts = new AllowedHosts(["name.example", " forwarded.example:9999 "]);

        Assert.Equal(allowed, hosts.Allows(new HostString(host), IPAddress.Parse(local), port));
    }
}
