using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>
/// Ends an exchange that stands still. The client's leaving does not end it at once: the server's answer is evidence, so it goes on for
/// a while without the client.
/// </summary>
internal sealed class ExchangeWatch : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _onClientLeft;
    private readonly CancellationTokenRegistration _onInterrupt;
    /// <summary>How long the server of an upgraded connection may go on without the client: for what is on its way.</summary>
    private static readonly TimeSpan AfterUpgradedClientLeft = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _idleTime;
    private TimeSpan _afterClientLeft;
    private long _lastArmed;
    private readonly TimeProvider _time;
    private volatile bool _isIdleLimited = true;

    public ExchangeWatch(HttpContext context, TimeSpan idleTime, TimeSpan afterClientLeft, TimeProvider time, CancellationToken interrupt)
    {
        _idleTime = idleTime;
        _afterClientLeft = afterClientLeft;
        _time = time;
        _end = new CancellationTokenSource(idleTime, time);
        _lastArmed = time.GetTimestamp();
        ClientLeft = context.RequestAborted;
        context.RequestAborted = CancellationToken.None;
        _onClientLeft = ClientLeft.UnsafeRegister(
            static state =>
            {
                var watch = (ExchangeWatch)state!;
                if (!watch._end.IsCancellationRequested)
                {
                    watch.EndsForClient = true;
                    watch._isIdleLimited = false;
                    watch._end.CancelAfter(watch._afterClientLeft);
                }
            },
            this);
        _onInterrupt = interrupt.UnsafeRegister(
            static state =>
            {
                var watch = (ExchangeWatch)state!;
                watch.IsInterrupted = true;
                watch._end.Cancel();
            },
            this);
    }

    /// <summary>True when the recording ends while the exchange is under way.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>Cancelled when the client is gone.</summary>
    public CancellationToken ClientLeft { get; }

    /// <summary>Cancelled when the exchange is to end.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>
    /// True when <see cref="End"/> comes because the client left, false when it comes because the server is silent. The forwarder itself
    /// aborts the client's side after a failure, so that <see cref="ClientLeft"/> alone does not tell who was first.
    /// </summary>
    public bool EndsForClient { get; private set; }

    /// <summary>Bytes passed. Re-arms the limit at most ten times in its length: timers are not free, and nobody needs it finer.</summary>
    public void Touch()
    {
        if (_isIdleLimited && _time.GetElapsedTime(Volatile.Read(ref _lastArmed)) > _idleTime / 10)
        {
            Volatile.Write(ref _lastArmed, _time.GetTimestamp());
            _end.CancelAfter(_idleTime);
        }
    }

    /// <summary>
    /// The exchange became an upgraded connection (RFC 9110, section 7.8), which may be silent for as long as it likes, and which has no answer that
    /// would go on without its client.
    /// </summary>
    public void AllowSilence()
    {
        _isIdleLimited = false;
        _afterClientLeft = AfterUpgradedClientLeft;
        _end.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _onClientLeft.Dispose();
        _onInterrupt.Dispose();
        _end.Dispose();
    }
}
