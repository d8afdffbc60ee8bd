using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Review.Api.Describing;

namespace TrafficAudit.Review.Tests;

/// <summary>The OpenAPI document: it says what there is.</summary>
public sealed class ApiDescriptionTests
{
    [Fact]
    public async Task Document_HasEveryEndpoint_AndNoOther()
    {
        await using var review = await RunningReview.StartAsync();
        using var document = await review.JsonAsync(ApiDescription.Address);

        Assert.StartsWith("3.1", document.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var there = review.Host.ApiRoutes.Where(e => e.RoutePattern.RawText != ApiDescription.Address).SelectMany(
            e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText!.TrimEnd('/')}"));
        Assert.Equal(there.Order(StringComparer.Ordinal), Operations(document).Select(o => o.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryOperation_SaysWhatItIsFor_WhatItTakes_AndHowItAnswersAndRefuses()
    {
        await using var review = await RunningReview.StartAsync();
        using var document = await review.JsonAsync(ApiDescription.Address);

        foreach (var (name, operation) in Operations(document))
        {
            Assert.True(operation.TryGetProperty("operationId", out _), name);
            Assert.True(operation.TryGetProperty("summary", out var summary) && summary.GetString()!.EndsWith('.'), name);
            var responses = operation.GetProperty("responses").EnumerateObject().ToDictionary(r => r.Name, r => r.Value, StringComparer.Ordinal);
            Assert.True(responses.Keys.Any(s => s[0] == '2'), $"{name} has no success");
            foreach (var (status, response) in responses.Where(r => r.Key[0] is '4' or '5'))
            {
                Assert.True(response.GetProperty("content").TryGetProperty("application/problem+json", out _), $"{name} {status}");
            }

            Assert.True(responses.ContainsKey("400") && responses.ContainsKey("401") && responses.ContainsKey("403"), name);
            foreach (var inPath in name.Split('/').Where(p => p.StartsWith('{')))
            {
                Assert.Contains(operation.GetProperty("parameters").EnumerateArray(), p => p.GetProperty("name").GetString() == inPath.Trim('{', '}') && p.GetProperty("in").GetString() == "path");
            }
        }
    }

    [Fact]
    public async Task Limits_AreDescribedAsRequestsAreHeldToThem()
    {
        await using var review = await RunningReview.StartAsync();
        using var document = await review.JsonAsync(ApiDescription.Address);

        var limit = Operations(document).Single(o => o.Name == "GET /api/v1/flows").Operation.GetProperty("parameters").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "limit")
            .GetProperty("schema");
        Assert.Equal((1, 1000, 100), (limit.GetProperty("minimum").GetInt32(), limit.GetProperty("maximum").GetInt32(), limit.GetProperty("default").GetInt32()));
        using var tooMany = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/flows?limit=1001"));
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
    }

    [Fact]
    public async Task Answers_HaveTheKeysThatTheirSchemasHave()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(), Invented.Finding());
        review.Source.Transfers = [Invented.Transfer()];
        using var document = await review.JsonAsync(ApiDescription.Address);

        foreach (var list in new[] { "flows", "findings", "transfers" })
        {
            var schema = Resolve(document, Operations(document).Single(o => o.Name == $"GET /api/v1/{list}").Operation
                .GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema"));
            var item = Resolve(document, schema.GetProperty("properties").GetProperty("results").GetProperty("items"));
            using var page = await review.JsonAsync($"/api/v1/{list}");
            Assert.Equal(
                page.RootElement.GetProperty("results")[0].EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal),
                item.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        }
    }

    private static JsonElement Resolve(JsonDocument document, JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
        : schema;

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonDocument document) =>
        from path in document.RootElement.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);
}
