namespace TrafficAudit.Capture.Forwarding;

/// <summary>
/// The exchanges and relays that are under way, so that a stop can wait until each of them is recorded. Any thread may use it.
/// </summary>
internal sealed class RunningExchanges : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _interrupt = new();
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the proxy itself, taken away when it stops: the count comes to 0 only then.
    private int _count = 1;

    /// <summary>Cancelled when the recording ends: whatever is under way then is recorded as <c>interrupted</c>.</summary>
    public CancellationToken Interrupt => _interrupt.Token;

    /// <summary>True once the recording is about to end: who closes then may have been made to.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Counts one in; disposing what it gives counts it out.</summary>
    public IDisposable Enter()
    {
        Interlocked.Increment(ref _count);
        return new Exit(this);
    }

    /// <summary>Gives what is under way a moment to end by itself, then interrupts it, and waits until all of it is recorded.</summary>
    public async Task StopAsync(TimeProvider time)
    {
        IsStopping = true;
        Leave();
        if (!await EndsWithinAsync(Grace, time))
        {
            await _interrupt.CancelAsync();
            await EndsWithinAsync(Patience, time);
        }
    }

    public void Dispose() => _interrupt.Dispose();

    private void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            _none.TrySetResult();
        }
    }

    private async Task<bool> EndsWithinAsync(TimeSpan time, TimeProvider clock)
    {
        try
        {
            await _none.Task.WaitAsync(time, clock);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private sealed class Exit(RunningExchanges running) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                running.Leave();
            }
        }
    }
}
