using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Api.Describing;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Tests;

/// <summary>Every endpoint of the API behind every door: the endpoints are those that the server has, so that none is forgotten.</summary>
public sealed partial class ApiDoorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithoutAToken_OrWithAWrongOne_NothingIsAnswered()
    {
        await using var review = await RunningReview.StartAsync();
        await ForEachAsync(review, async (endpoint, method, path) =>
        {
            using var none = new HttpRequestMessage(method, path);
            using var wrong = review.ApiRequest(method, path, new string('0', 64));
            using var cookie = review.Request(method, path);
            using var query = new HttpRequestMessage(method, $"{path}?token={review.Host.Token}");
            foreach (var request in new[] { none, wrong, cookie, query })
            {
                using var response = await review.SendAsync(request);
                Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
                Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
                Assert.StartsWith("The token is missing or wrong.", await RunningReview.DetailAsync(response), StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public async Task UnderAnotherHost_NothingIsAnswered()
    {
        await using var review = await RunningReview.StartAsync();
        await ForEachAsync(review, async (endpoint, method, path) =>
        {
            using var request = review.ApiRequest(method, path);
            request.Headers.Host = $"rebound.example:{review.Port}";

            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(review, request));
        });
    }

    [Fact]
    public async Task FromAForeignPage_NothingIsChanged_AndNothingIsAllowed()
    {
        await using var review = await RunningReview.StartAsync();
        await ForEachAsync(review, async (endpoint, method, path) =>
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
            preflight.Headers.Add("Origin", "http://site.example");
            preflight.Headers.Add("Access-Control-Request-Method", method.Method);
            using var answer = await review.SendAsync(preflight);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.DoesNotContain(answer.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));

            using var request = review.ApiRequest(method, path);
            request.Headers.Add("Origin", "http://site.example");
            if (method != HttpMethod.Get)
            {
                Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(review, request));
            }
        });
    }

    [Fact]
    public async Task WhatChangesSomething_AsksForARole_AndTheServerHoldsToIt()
    {
        await using var review = await RunningReview.StartAsync();
        var viewer = review.Tokens.Create("viewer", Role.Viewer, null);
        var reviewer = review.Tokens.Create("reviewer", Role.Reviewer, null);
        var open = new List<string>();
        await ForEachAsync(review, async (endpoint, method, path) =>
        {
            var policy = endpoint.Metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy;
            if (policy is null)
            {
                open.Add($"{method} {path}");
                return;
            }

            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(review, review.ApiRequest(method, path, viewer)));
            if (policy == Policies.Investigator)
            {
                Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(review, review.ApiRequest(method, path, reviewer)));
            }
        });

        // A viewer may search; that changes nothing.
        Assert.Equal(["POST /api/v1/searches"], open.Where(o => !o.StartsWith("GET ", StringComparison.Ordinal)));
        Assert.DoesNotContain(open, o => o.Contains("/users", StringComparison.Ordinal) || o.Contains("/tokens", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HostileParameters_AreOneClearAnswer()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Devices = new FakeDevices();
        await ForEachAsync(review, async (endpoint, method, path) =>
        {
            var parameters = endpoint.Metadata.OfType<ApiParameters>().LastOrDefault() ?? ApiParameters.None;
            if (!parameters.TakesMore && path != ApiDescription.Address)
            {
                await AssertRefusedAsync(review, method, $"{path}?nobody=1", HttpStatusCode.BadRequest);
                await AssertRefusedAsync(review, method, $"{path}?%00%1b%5b31m=%ff", HttpStatusCode.BadRequest);
            }

            foreach (var parameter in parameters.All.Where(p => p.Place == ParameterPlace.Query && !parameters.TakesMore))
            {
                await AssertRefusedAsync(review, method, $"{path}?{parameter.Name}=1&{parameter.Name}=1", HttpStatusCode.BadRequest);
                if (parameter.Number is not null || parameter == ApiParameter.Cursor)
                {
                    foreach (var value in new[] { "-1", "x", "9999999999999999999999", "%F0%9F%98%80", "1e3", "+1" })
                    {
                        await AssertRefusedAsync(review, method, $"{path}?{parameter.Name}={value}", HttpStatusCode.BadRequest);
                    }
                }
            }
        });
    }

    [Fact]
    public async Task HostileBodies_AreOneClearAnswer()
    {
        await using var review = await RunningReview.StartAsync();
        (review.Source.Devices, review.Source.Decisions, review.Source.Notes) = (new FakeDevices(), new FakeDecisions(review.Source.Raise), new FakeNotes(review.Source.Raise));
        review.Source.OnPhase = _ => throw new InvalidOperationException("never reached");
        var deep = new string('[', 10_000);
        await ForEachAsync(review, async (endpoint, method, path) =>
        {
            if (!endpoint.Metadata.OfType<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>().Any())
            {
                return;
            }

            foreach (var body in new[] { "", "null", "[]", "7", "{\"half", deep, "\u0000", "{\"name\":{\"name\":7}}" })
            {
                var (status, text) = await review.PostAsync(path, body, method);
                Assert.True((int)status is >= 400 and < 500, $"{method} {path} {body[..Math.Min(body.Length, 20)]}: {status} {text}");
                Assert.Contains("\"detail\":", text, StringComparison.Ordinal);
            }

            // The server answers without reading it, so that it is asked first.
            using var huge = review.ApiRequest(method, path);
            huge.Headers.ExpectContinue = true;
            huge.Content = new StringContent($"{{\"name\":\"{new string('x', 2_000_000)}\"}}");
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusAsync(review, huge));
        });
    }

    [Theory]
    [InlineData(20_000, 1, HttpStatusCode.RequestUriTooLong)]
    [InlineData(10, 400, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task BombsInTheHead_AreRefusedByTheServerItself(int filterLength, int headers, HttpStatusCode expected)
    {
        await using var review = await RunningReview.StartAsync();
        using var request = review.ApiRequest(HttpMethod.Get, $"/api/v1/flows?filter={new string('x', filterLength)}");
        for (var i = 0; i < headers; i++)
        {
            request.Headers.Add($"x-{i}", "bomb");
        }

        Assert.Equal(expected, await StatusAsync(review, request));
    }

    private static async Task AssertRefusedAsync(RunningReview review, HttpMethod method, string path, HttpStatusCode expected)
    {
        using var request = review.ApiRequest(method, path);
        request.Content = method == HttpMethod.Get ? null : new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await review.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.True(response.StatusCode == expected, $"{method} {path}: {response.StatusCode}");
        Assert.NotEmpty(await RunningReview.DetailAsync(response));
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningReview review, HttpRequestMessage request)
    {
        using var response = await review.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return response.StatusCode;
    }

    private static async Task ForEachAsync(RunningReview review, Func<RouteEndpoint, HttpMethod, string, Task> act)
    {
        var endpoints = review.Host.ApiRoutes.ToList();
        Assert.NotEmpty(endpoints);
        foreach (var endpoint in endpoints)
        {
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)
            {
                await act(endpoint, new HttpMethod(method), Placeholder().Replace(endpoint.RoutePattern.RawText!.TrimEnd('/').Replace("{command}", "flows", StringComparison.Ordinal), "1"));
            }
        }
    }

    [GeneratedRegex(@"\{\w+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
