using System.Net;
using System.Text.Json;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Tests;

/// <summary>Users and tokens over the HTTP API.</summary>
public sealed class ApiAccessTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task User_IsAdded_Changed_AndRemoved()
    {
        await using var review = await RunningReview.StartAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await review.PostAsync("/api/v1/users", $$"""{"name":"김 리뷰/A","role":"viewer","password":"{{Password}}"}""")).Status);
        Assert.Equal(("김 리뷰/A", "viewer"), await OnlyUserAsync(review));
        var session = await SignInTests.SessionAsync(review, "김 리뷰/A");
        Assert.Equal(HttpStatusCode.OK, await SignInTests.StatusAsync(review, session));

        var user = "/api/v1/users/" + Uri.EscapeDataString("김 리뷰/A");
        Assert.Equal(HttpStatusCode.NoContent, (await review.PostAsync(user + "/role", """{"role":"reviewer"}""")).Status);
        Assert.Equal(("김 리뷰/A", "reviewer"), await OnlyUserAsync(review));
        Assert.NotEqual(HttpStatusCode.OK, await SignInTests.StatusAsync(review, session));
        Assert.Equal(HttpStatusCode.NoContent, (await review.PostAsync(user + "/password", """{"password":"another long sentence"}""")).Status);
        Assert.NotNull(review.Users.Check("김 리뷰/A", "another long sentence"));

        Assert.Equal(HttpStatusCode.NoContent, (await review.PostAsync(user, "", HttpMethod.Delete)).Status);
        Assert.Empty(review.Users.List());
        Assert.Equal(HttpStatusCode.NotFound, (await review.PostAsync(user, "", HttpMethod.Delete)).Status);
    }

    [Theory]
    [InlineData("users", """{"name":"kim","role":"viewer","password":"correct horse battery"}""", HttpStatusCode.Conflict)]
    [InlineData("users", """{"name":"lee","role":"viewer","password":"short"}""", HttpStatusCode.Conflict)]
    [InlineData("users", """{"name":"lee","role":"root","password":"correct horse battery"}""", HttpStatusCode.BadRequest)]
    [InlineData("users", """{"name":"lee","role":77,"password":"correct horse battery"}""", HttpStatusCode.BadRequest)]
    [InlineData("users", """{"name":"lee","password":"correct horse battery"}""", HttpStatusCode.BadRequest)]
    [InlineData("users/kim/role", """{"role":null}""", HttpStatusCode.BadRequest)]
    [InlineData("users/kim/password", """{"password":"short"}""", HttpStatusCode.BadRequest)]
    [InlineData("users/nobody/role", """{"role":"viewer"}""", HttpStatusCode.NotFound)]
    [InlineData("tokens", """{"name":"x","role":"viewer","days":0}""", HttpStatusCode.Conflict)]
    [InlineData("tokens", """{"name":"x","role":"viewer","days":1.5}""", HttpStatusCode.BadRequest)]
    [InlineData("tokens", """{"role":"viewer"}""", HttpStatusCode.BadRequest)]
    public async Task WhatCantBe_IsRefused_AndChangesNothing(string path, string body, HttpStatusCode expected)
    {
        await using var review = await RunningReview.StartAsync();
        review.Users.Add("kim", Role.Viewer, Password);
        var before = review.Access.Read();

        var (status, text) = await review.PostAsync("/api/v1/" + path, body);

        Assert.Equal(expected, status);
        Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
        Assert.Equal(before, review.Access.Read());
    }

    [Fact]
    public async Task NewToken_IsShownOnce_Works_AndIsRevoked()
    {
        await using var review = await RunningReview.StartAsync();

        var (status, text) = await review.PostAsync("/api/v1/tokens", """{"name":"wall","role":"viewer","days":30}""");

        Assert.Equal(HttpStatusCode.Created, status);
        using var made = JsonDocument.Parse(text);
        var token = made.RootElement.GetProperty("token").GetString()!;
        using var list = await review.JsonAsync("/api/v1/tokens");
        Assert.DoesNotContain(token, list.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("wall", list.RootElement.GetProperty("results")[0].GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.OK, await FlowsAsync(review, token));
        Assert.Equal(HttpStatusCode.NoContent, (await review.PostAsync("/api/v1/tokens/wall", "", HttpMethod.Delete)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await FlowsAsync(review, token));
    }

    private static async Task<HttpStatusCode> FlowsAsync(RunningReview review, string token)
    {
        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/flows", token));
        return response.StatusCode;
    }

    private static async Task<(string Name, string Role)> OnlyUserAsync(RunningReview review)
    {
        using var list = await review.JsonAsync("/api/v1/users");
        var user = Assert.Single(list.RootElement.GetProperty("results").EnumerateArray());
        Assert.Equal(["name", "role", "added"], user.EnumerateObject().Select(p => p.Name));
        return (user.GetProperty("name").GetString()!, user.GetProperty("role").GetString()!);
    }
}
