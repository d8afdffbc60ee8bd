using System.Net;
using System.Text.Json;

namespace TrafficAudit.Review.Tests;

/// <summary>The lists, events and description of the HTTP API, over real sockets.</summary>
public sealed class ApiListTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flows_PageByPage_AreEachOnceNewestFirst()
    {
        await using var review = await StartAsync(flows: 7);
        var numbers = new List<long>();
        string? cursor = null;
        do
        {
            using var page = await JsonAsync(review, $"/api/v1/flows?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            numbers.AddRange(page.RootElement.GetProperty("flows").EnumerateArray().Select(f => f.GetProperty("number").GetInt64()));
            cursor = page.RootElement.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], numbers);
    }

    [Theory]
    [InlineData("/api/v1/flows?filter=nonsense", "position 1")]
    [InlineData("/api/v1/flows?limit=0", "limit")]
    [InlineData("/api/v1/flows?limit=100000", "limit")]
    [InlineData("/api/v1/flows?cursor=!!!", "cursor")]
    [InlineData("/api/v1/flows?cursor=MTo5OTk", "cursor")]
    [InlineData("/api/v1/findings?filter=nonsense", "position 1")]
    [InlineData("/api/v1/flows/events?filter=nonsense", "position 1")]
    public async Task WrongRequest_IsAProblemThatSaysWhat(string path, string said)
    {
        await using var review = await StartAsync(flows: 1);

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, path));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains(said, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CursorOfAnotherFilter_IsRefused()
    {
        await using var review = await StartAsync(flows: 3);
        using var page = await JsonAsync(review, "/api/v1/flows?limit=1");

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, $"/api/v1/flows?filter=x&cursor={page.RootElement.GetProperty("next").GetString()}"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/flows")]
    [InlineData("/api/v1/findings")]
    [InlineData("/api/v1/transfers")]
    [InlineData("/api/v1/counters")]
    public async Task UnchangedCase_IsNotSentAgain_ChangedOneIs(string path)
    {
        await using var review = await StartAsync(flows: 1);
        using var first = await review.SendAsync(review.ApiRequest(HttpMethod.Get, path));
        var tag = first.Headers.ETag!.ToString();

        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(review, path, tag));
        review.Source.Add(Invented.Flow() with { Number = 50 });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(review, path, tag));
    }

    [Fact]
    public async Task Findings_AreMasked()
    {
        await using var review = await RunningReview.StartAsync();
        var finding = Invented.Finding();
        review.Source.Add(Invented.Flow(), finding);

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/findings"));
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains(finding.Item, text, StringComparison.Ordinal);
        Assert.DoesNotContain(finding.Value, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_ResumeBehindTheLastId_AndSayWhatWasMissed()
    {
        await using var review = await StartAsync(flows: 3);
        review.Source.Missed = 4;
        var request = review.ApiRequest(HttpMethod.Get, "/api/v1/flows/events");
        request.Headers.Add("Last-Event-ID", "1");
        using var response = await review.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["event: missed", "data: {\"missed\":4}"], await EventAsync(reader));
        Assert.Equal("id: 2", (await EventAsync(reader))[0]);
        Assert.Equal("id: 3", (await EventAsync(reader))[0]);
        review.Source.Add(Invented.Flow() with { Number = 9 });
        var last = await EventAsync(reader);
        Assert.Equal(["id: 9", "event: flow"], last[..2]);
        using var flow = JsonDocument.Parse(last[2]["data: ".Length..]);
        Assert.Equal(9, flow.RootElement.GetProperty("number").GetInt64());
    }

    [Theory]
    [InlineData("Accept", "text/html", HttpStatusCode.NotAcceptable)]
    [InlineData("Last-Event-ID", "none", HttpStatusCode.BadRequest)]
    public async Task EventsAskedForWrongly_AreRefused(string header, string value, HttpStatusCode expected)
    {
        await using var review = await StartAsync(flows: 1);
        var request = review.ApiRequest(HttpMethod.Get, "/api/v1/flows/events");
        request.Headers.Add(header, value);

        using var response = await review.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Description_NamesEveryEndpoint_AndTheBearerScheme()
    {
        await using var review = await RunningReview.StartAsync();
        using var document = await JsonAsync(review, "/api/v1/openapi.json");
        var root = document.RootElement;

        Assert.StartsWith("3.1", root.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("bearer", root.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString());
        var described = root.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => $"{o.Name.ToUpperInvariant()} {p.Name}")).Order(StringComparer.Ordinal);
        Assert.Equal(review.Host.ApiRoutes.Order(StringComparer.Ordinal), described);
        Assert.Contains("GET /api/v1/flows/events", review.Host.ApiRoutes);
    }

    private static async Task<RunningReview> StartAsync(int flows)
    {
        var review = await RunningReview.StartAsync();
        for (var number = 1; number <= flows; number++)
        {
            review.Source.Add(Invented.Flow() with { Number = number });
        }

        return review;
    }

    private static async Task<JsonDocument> JsonAsync(RunningReview review, string path)
    {
        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningReview review, string path, string tag)
    {
        var request = review.ApiRequest(HttpMethod.Get, path);
        request.Headers.Add("If-None-Match", tag);
        using var response = await review.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task<List<string>> EventAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.Length > 0 && line[0] != ':')
            {
                lines.Add(line);
            }
            else if (lines.Count > 0)
            {
                break;
            }
        }

        return lines;
    }
}
