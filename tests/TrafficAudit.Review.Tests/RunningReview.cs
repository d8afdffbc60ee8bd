using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Review.Access;

namespace TrafficAudit.Review.Tests;

/// <summary>The real server on a free loopback port, and a client without cookies or redirects of its own.</summary>
internal sealed class RunningReview : IAsyncDisposable
{
    private RunningReview(ReviewHost host, FakeSource source, FakeAccessFile access)
    {
        Host = host;
        Source = source;
        Access = access;
        var list = new AccessList(access);
        (Users, Tokens) = (new Users(list, TimeProvider.System), new ClientTokens(list, TimeProvider.System));
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = host.Address,
        };
    }

    public ReviewHost Host { get; }

    public FakeSource Source { get; }

    public HttpClient Client { get; }

    public int Port => Host.Address.Port;

    /// <summary>The file of users and tokens.</summary>
    public FakeAccessFile Access { get; }

    /// <summary>The list of users as another process has it.</summary>
    public Users Users { get; }

    /// <summary>The list of tokens as another process has it.</summary>
    public ClientTokens Tokens { get; }

    /// <summary>The session of whoever came by the token link.</summary>
    public string Cookie { get; private set; } = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RunningReview> StartAsync(ReviewOptions? options = null, ILoggerFactory? logs = null, TimeProvider? time = null)
    {
        var (source, access) = (new FakeSource(), new FakeAccessFile());
        options = (options ?? new ReviewOptions()) with { Listen = new IPEndPoint(IPAddress.Loopback, 0), Access = access };
        var host = await ReviewHost.StartAsync(options, source, logs ?? NullLoggerFactory.Instance, Cancellation, time);
        var review = new RunningReview(host, source, access);
        using var entered = await review.SendAsync(new HttpRequestMessage(HttpMethod.Get, host.TokenLink));
        review.Cookie = SessionOf(entered)!;
        return review;
    }

    /// <summary>The session cookie that an answer sets, as a browser sends it back; null when it sets none.</summary>
    public static string? SessionOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.Select(c => c.Split(';')[0]).FirstOrDefault(c => c.StartsWith("trafficaudit-", StringComparison.Ordinal) && c.Split('=')[1].Length == 64)
            : null;

    /// <summary>A request as a signed-in browser sends it.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path, string? cookie = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", cookie ?? Cookie);
        return request;
    }

    /// <summary>A request as a command sends it.</summary>
    public HttpRequestMessage ApiRequest(HttpMethod method, string path, string? token = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", token ?? Host.Token);
        return request;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => Client.SendAsync(request, Cancellation);

    /// <summary>What the API answers a command with.</summary>
    public async Task<JsonDocument> JsonAsync(string path)
    {
        using var response = await SendAsync(ApiRequest(HttpMethod.Get, path));
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text);
    }

    /// <summary>What the API says of what a command posts.</summary>
    public async Task<(HttpStatusCode Status, string Text)> PostAsync(string path, string body, HttpMethod? method = null)
    {
        var request = ApiRequest(method ?? HttpMethod.Post, path);
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>The line for people in a problem; the answer has to be one.</summary>
    public static async Task<string> DetailAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal((int)response.StatusCode, problem.RootElement.GetProperty("status").GetInt32());
        var detail = problem.RootElement.GetProperty("detail").GetString()!;
        Assert.DoesNotContain('\n', detail);
        return detail;
    }

    /// <summary>The page as a signed-in browser gets it.</summary>
    public async Task<string> PageAsync(string path = "/flows")
    {
        using var response = await SendAsync(Request(HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
