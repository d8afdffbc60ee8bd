using System.Net;
using System.Text;
using System.Text.Json;

namespace TrafficAudit.Review.Tests;

public sealed class ApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_SaysWhatRuns()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow() with { Failure = Model.FlowFailure.DnsFailed }, Invented.Finding());

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/status"));

        using var status = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        var root = status.RootElement;
        Assert.Equal("invented-case", root.GetProperty("case").GetString());
        Assert.Equal(1, root.GetProperty("flows").GetInt64());
        Assert.Equal(1, root.GetProperty("findings").GetInt64());
        Assert.Equal(1, root.GetProperty("failures").GetInt64());
        Assert.Equal(Environment.ProcessId, root.GetProperty("process_id").GetInt32());
        Assert.Matches(@"^\d+\.\d+\.\d+$", root.GetProperty("version").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    public async Task WithoutTheBearerToken_Refused(string? authorization)
    {
        await using var review = await RunningReview.StartAsync();
        var request = review.Request(HttpMethod.Get, "/api/v1/results/findings");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", string.Format(null, authorization, review.Host.Token));
        }

        using var response = await review.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.StartsWith("The token is missing or wrong.", await RunningReview.DetailAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flows?format=ndjson&filter=host%3A*.shop.example%20%26", "flows filter=host:*.shop.example & format=ndjson")]
    [InlineData("findings?all=", "findings all=")]
    [InlineData("transfers", "transfers")]
    [InlineData("show?flow=7&%EA%B0%92=%F0%9F%98%80", "show flow=7 값=😀")]
    public async Task Results_PassCommandAndOptions(string path, string expected)
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/results/" + path));

        Assert.Equal(expected, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Results_StreamedByteForByte()
    {
        await using var review = await RunningReview.StartAsync();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        review.Source.Results = async (_, _, output, cancellation) =>
        {
            output.Write([0xFF, 0x1B, 0x00, 0x0A]);
            output.Flush();
            await goOn.Task.WaitAsync(cancellation);
            output.Write("end"u8);
        };

        using var response = await review.Client.SendAsync(
            review.ApiRequest(HttpMethod.Get, "/api/v1/results/flows"), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(Cancellation);
        var first = new byte[4];
        await stream.ReadExactlyAsync(first, Cancellation);
        goOn.SetResult();
        using var rest = new StreamReader(stream);

        Assert.Equal([0xFF, 0x1B, 0x00, 0x0A], first);
        Assert.Equal("end", await rest.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task WrongOption_IsSaidForTheTerminal()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Results = (_, _, _, _) => throw new RejectedRequestException("--format is table, json or csv.");

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/results/findings?format=xml"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("--format is table, json or csv.", await RunningReview.DetailAsync(response));
    }

    [Fact]
    public async Task OptionGivenTwice_Rejected()
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/results/flows?format=a&format=b"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task FailureInTheMiddleOfResults_NeverLooksComplete()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Results = async (_, _, output, cancellation) =>
        {
            await output.WriteAsync("[1,"u8.ToArray(), cancellation);
            await output.FlushAsync(cancellation);
            throw new IOException("The index is gone.");
        };

        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/results/findings"));
        });
    }

    [Fact]
    public async Task ClientThatLeaves_CancelsTheCommand()
    {
        await using var review = await RunningReview.StartAsync();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        review.Source.Results = async (_, _, output, cancellation) =>
        {
            using var noting = cancellation.Register(cancelled.SetResult);
            await output.WriteAsync("begin"u8.ToArray(), cancellation);
            await output.FlushAsync(cancellation);
            await Task.Delay(Timeout.Infinite, cancellation);
        };

        var response = await review.Client.SendAsync(
            review.ApiRequest(HttpMethod.Get, "/api/v1/results/flows"), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        response.Dispose();

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task Phase_SetWithItsLabelTrimmed()
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await PostPhaseAsync(review, "{\"name\":\" before_consent \"}");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(["before_consent"], review.Source.Phases);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"name\":7}")]
    [InlineData("{\"name\":\"  \"}")]
    [InlineData("{\"name\":\"a\\u001bb\"}")]
    [InlineData("{\"name\":\"12345678901234567890123456789012345678901234567890123456789012345\"}")]
    [InlineData("{\"name\":\"half")]
    public async Task PhaseThatIsNone_Rejected(string body)
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await PostPhaseAsync(review, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(review.Source.Phases);
    }

    [Fact]
    public async Task HugePhaseBody_RejectedWithoutReadingItAll()
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await PostPhaseAsync(review, "{\"name\":\"" + new string('x', 2_000_000) + "\"}");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task PhaseWhenNothingIsRecorded_SaysWhy()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.OnPhase = _ => throw new RejectedRequestException("Nothing is being recorded.");

        using var response = await PostPhaseAsync(review, "{\"name\":\"checkout\"}");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("Nothing is being recorded.", await RunningReview.DetailAsync(response));
    }

    private static Task<HttpResponseMessage> PostPhaseAsync(RunningReview review, string body)
    {
        var request = review.ApiRequest(HttpMethod.Post, "/api/v1/phase");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.ExpectContinue = body.Length > 1_000_000;
        return review.SendAsync(request);
    }
}
