using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TrafficAudit.Review.Tests;

/// <summary>The real server on a free loopback port, and a client without cookies or redirects of its own.</summary>
internal sealed class RunningReview : IAsyncDisposable
{
    private RunningReview(ReviewHost host, FakeSource source)
    {
        Host = host;
        Source = source;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = host.Address,
        };
    }

    public ReviewHost Host { get; }

    public FakeSource Source { get; }

    public HttpClient Client { get; }

    public int Port => Host.Address.Port;

    public string Cookie => $"trafficaudit-{Port}={Host.Token}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RunningReview> StartAsync(ReviewOptions? options = null, ILoggerFactory? logs = null)
    {
        var source = new FakeSource();
        options = (options ?? new ReviewOptions()) with { Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        return new RunningReview(await ReviewHost.StartAsync(options, source, logs ?? NullLoggerFactory.Instance, Cancellation), source);
    }

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
