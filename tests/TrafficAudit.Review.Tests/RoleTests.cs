using System.Net;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Tests;

/// <summary>What each role may do, held to by the server.</summary>
public sealed class RoleTests
{
    private const string Password = "correct horse battery";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Role.Viewer, HttpStatusCode.Forbidden)]
    [InlineData(Role.Reviewer, HttpStatusCode.Forbidden)]
    [InlineData(Role.Investigator, HttpStatusCode.OK)]
    public async Task SetUp_IsForInvestigators(Role role, HttpStatusCode expected)
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Devices = new FakeDevices();
        review.Users.Add("kim", role, Password);
        var session = await SignInTests.SessionAsync(review, "kim");

        foreach (var path in new[] { "/devices", "/devices/code.svg", "/setup/users", "/setup/sessions", "/setup/personas", "/setup/case", "/setup/databases", "/setup/ca", "/setup/storage" })
        {
            Assert.Equal(expected, await SignInTests.StatusAsync(review, session, path));
        }

        Assert.Equal(HttpStatusCode.OK, await SignInTests.StatusAsync(review, session));
    }

    [Theory]
    [InlineData("/api/v1/phase", "{\"name\":\"checkout\"}")]
    [InlineData("/api/v1/seal", "{}")]
    [InlineData("/api/v1/devices/d1/name", "{\"name\":\"x\"}")]
    [InlineData("/api/v1/devices/d1/block", "")]
    [InlineData("/api/v1/devices/d1/unblock", "")]
    public async Task PostOfAReviewersToken_Refused(string path, string body)
    {
        await using var review = await RunningReview.StartAsync();
        var request = review.ApiRequest(HttpMethod.Post, path, review.Tokens.Create("dashboard", Role.Reviewer, null));
        request.Content = new StringContent(body);

        using var response = await review.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("role", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Empty(review.Source.Phases);
    }

    [Theory]
    [InlineData("findings?reveal")]
    [InlineData("show?flow=7&reveal=")]
    [InlineData("export?format=har")]
    public async Task ValuesForAViewersToken_Refused(string what)
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, $"/api/v1/results/{what}", review.Tokens.Create("wall", Role.Viewer, null)));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(review.Source.Reveals);
    }

    [Fact]
    public async Task ValuesForAReviewersToken_AreJournalledFirst()
    {
        await using var review = await RunningReview.StartAsync();
        var journalled = -1;
        review.Source.Results = (_, _, _, _) =>
        {
            journalled = review.Source.Reveals.Count;
            return Task.CompletedTask;
        };

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/results/show?flow=7&reveal=", review.Tokens.Create("desk", Role.Reviewer, null)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, journalled);
        var (person, what) = Assert.Single(review.Source.Reveals);
        Assert.Equal(new Person("token desk", Role.Reviewer), person);
        Assert.Equal("show", what.View);
        Assert.Equal([7L], what.Flows);
    }

    [Fact]
    public async Task RevokedToken_Refused()
    {
        await using var review = await RunningReview.StartAsync();
        var token = review.Tokens.Create("wall", Role.Viewer, null);
        Assert.Equal(HttpStatusCode.OK, await ApiStatusAsync(review, token));
        Assert.NotNull(Assert.Single(review.Tokens.List()).LastUsed);

        review.Tokens.Revoke("wall");

        Assert.Equal(HttpStatusCode.Unauthorized, await ApiStatusAsync(review, token));
    }

    [Fact]
    public async Task ExpiredToken_Refused()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var review = await RunningReview.StartAsync(time: time);
        var token = review.Tokens.Create("wall", Role.Viewer, 1);
        Assert.Equal(HttpStatusCode.OK, await ApiStatusAsync(review, token));

        time.Advance(TimeSpan.FromHours(25));

        Assert.Equal(HttpStatusCode.Unauthorized, await ApiStatusAsync(review, token));
    }

    [Fact]
    public async Task TokenItself_IsNotInTheFile()
    {
        await using var review = await RunningReview.StartAsync();
        var token = review.Tokens.Create("wall", Role.Viewer, null);
        review.Users.Add("kim", Role.Viewer, Password);

        var file = System.Text.Encoding.UTF8.GetString(review.Access.Read()!);

        Assert.DoesNotContain(token[3..], file, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kim", "eleven char")]
    [InlineData("", Password)]
    [InlineData("KIM taken", Password)]
    [InlineData("a\nb", Password)]
    public async Task UserThatCantBe_Refused(string name, string password)
    {
        await using var review = await RunningReview.StartAsync();
        review.Users.Add("kim taken", Role.Viewer, Password);

        Assert.Throws<RejectedRequestException>(() => review.Users.Add(name, Role.Viewer, password));
    }

    private static async Task<HttpStatusCode> ApiStatusAsync(RunningReview review, string token)
    {
        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/status", token));
        return response.StatusCode;
    }
}
