using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TrafficAudit.Review.Tests;

public sealed class ListenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddressInUse_OneClearMessage()
    {
        await using var first = await RunningReview.StartAsync();
        var options = new ReviewOptions { Listen = new IPEndPoint(IPAddress.Loopback, first.Port) };

        var error = await Assert.ThrowsAsync<IOException>(
            () => ReviewHost.StartAsync(options, new FakeSource(), NullLoggerFactory.Instance, Cancellation));

        Assert.Contains($"127.0.0.1:{first.Port} is in use", error.Message, StringComparison.Ordinal);
        Assert.Contains("--review", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressThatIsNotOurs_OneClearMessage()
    {
        var options = new ReviewOptions { Listen = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0) };

        var error = await Assert.ThrowsAsync<IOException>(
            () => ReviewHost.StartAsync(options, new FakeSource(), NullLoggerFactory.Instance, Cancellation));

        Assert.Contains("192.0.2.1:0 can't be listened on", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryAddress_LinkLeadsToLoopback()
    {
        var options = new ReviewOptions { Listen = new IPEndPoint(IPAddress.Any, 0) };

        await using var host = await ReviewHost.StartAsync(options, new FakeSource(), NullLoggerFactory.Instance, Cancellation);

        Assert.Equal("127.0.0.1", host.TokenLink.Host);
        Assert.NotEqual(0, host.TokenLink.Port);
    }

    [Fact]
    public async Task Disposed_AddressIsFreeAgain()
    {
        var first = await RunningReview.StartAsync();
        var port = first.Port;
        await first.DisposeAsync();

        var options = new ReviewOptions { Listen = new IPEndPoint(IPAddress.Loopback, port) };
        await using var second = await ReviewHost.StartAsync(options, new FakeSource(), NullLoggerFactory.Instance, Cancellation);

        Assert.Equal(port, second.Address.Port);
    }

    [Fact]
    public async Task AtTheMostTalkativeLevel_NoTokenInTheLog()
    {
        using var log = new ListLog();
        await using var review = await RunningReview.StartAsync(logs: log);
        using var entered = await review.SendAsync(new HttpRequestMessage(HttpMethod.Get, review.Host.TokenLink));
        await review.PageAsync();
        using var called = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/status"));

        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task FailureOfAPage_InTheLog()
    {
        using var log = new ListLog();
        await using var review = await RunningReview.StartAsync(logs: log);
        review.Source.Failure = new InvalidOperationException("The index is gone.");

        using var failed = await review.SendAsync(review.Request(HttpMethod.Get, "/flows"));

        Assert.Contains(log.Lines, l => l.Contains("The index is gone.", StringComparison.Ordinal));
    }

    /// <summary>Keeps every line, of every level.</summary>
    private sealed class ListLog : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose() => Lines.Clear();
    }
}
