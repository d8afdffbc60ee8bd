using System.Net;
using System.Text;

namespace TrafficAudit.Review.Tests;

/// <summary>The paired phones, by the API and on the page.</summary>
public sealed class DeviceTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Id = "device-0123456789ab";

    [Fact]
    public async Task Devices_AreListedRenamedAndBlocked()
    {
        var devices = new FakeDevices();
        await using var review = await RunningReview.StartAsync();
        review.Source.Devices = devices;

        using var list = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/devices"));
        Assert.Contains("\"id\":\"device-0123456789ab\"", await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(review, $"{Id}/name", "{\"name\":\"other\"}"));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(review, $"{Id}/block"));
        Assert.Equal(("other", true), (devices.Row.Name, devices.Row.Blocked));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(review, $"{Id}/unblock"));
        Assert.False(devices.Row.Blocked);
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(review, $"{Id}/name", "{\"name\":\" \"}"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(review, "device-of-nobody/block"));
    }

    [Fact]
    public async Task NothingRecorded_HasNoDevices()
    {
        await using var review = await RunningReview.StartAsync();

        using var list = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/devices"));

        Assert.Equal(HttpStatusCode.Conflict, list.StatusCode);
        Assert.Contains("Nothing is being recorded", await review.PageAsync("/devices"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PairingCode_IsBehindTheToken()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Devices = new FakeDevices();

        using var with = await review.SendAsync(review.Request(HttpMethod.Get, "/devices/code.svg?of=1"));
        using var without = await review.Client.GetAsync("/devices/code.svg?of=1", TestContext.Current.CancellationToken);

        Assert.Equal("image/svg+xml", with.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
    }

    [Fact]
    public async Task Page_RenamesBlocksAndShowsChecksLive()
    {
        var devices = new FakeDevices();
        await using var review = await RunningReview.StartAsync();
        review.Source.Devices = devices;
        await using var tab = await chromium.OpenAsync(review);

        await tab.Page.ClickAsync("nav >> text=Set-up");
        await tab.Page.ClickAsync("nav >> text=devices");
        await tab.ExpectTextAsync(".devices tbody", "– ca_trusted");
        devices.Row = devices.Row with { Checks = [new DeviceCheck("ca_trusted", Passed: true)] };
        review.Source.Raise();
        await tab.ExpectTextAsync(".devices tbody", "✓ ca_trusted");
        await tab.Page.FillAsync(".change input", "<b>other</b>");
        await tab.Page.ClickAsync("text=Rename");
        await tab.ExpectTextAsync(".devices tbody th", "<b>other</b>");
        await tab.Page.ClickAsync("text=Block");
        await tab.ExpectTextAsync(".devices tbody th", "blocked");
        if (Environment.GetEnvironmentVariable("TRAFFICAUDIT_PICTURES") is { } folder)
        {
            await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, "devices.png") });
        }

        Assert.True(devices.Row.Blocked);
        Assert.Empty(tab.Errors);
    }

    private static async Task<HttpStatusCode> PostAsync(RunningReview review, string path, string body = "")
    {
        var request = review.ApiRequest(HttpMethod.Post, $"/api/v1/devices/{path}");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await review.SendAsync(request);
        return response.StatusCode;
    }
}
