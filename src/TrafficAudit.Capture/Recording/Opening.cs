namespace TrafficAudit.Capture.Recording;

/// <summary>
/// That a flow is under way, recorded once at most, and never behind its end: because the flow lasts (<see cref="LongFlows"/>), or because it is known to
/// from the start. Safe for use by several threads.
/// </summary>
internal sealed class Opening(Func<ValueTask<bool>> record, DateTimeOffset started, Action<Opening> ended)
{
    private static readonly TaskCompletionSource<bool> TooLate = Completed();

    private Func<ValueTask<bool>>? _record = record;
    private TaskCompletionSource<bool>? _recorded;

    /// <summary>When the flow began.</summary>
    public DateTimeOffset Started => started;

    /// <summary>Records it now, if that has not been done. False when it can't be recorded, or the flow has ended.</summary>
    public async ValueTask<bool> RecordAsync()
    {
        var mine = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _recorded, mine, null) is { } others)
        {
            return await others.Task;
        }

        var isRecorded = false;
        try
        {
            isRecorded = await _record!();
        }
        finally
        {
            mine.SetResult(isRecorded);
        }

        return isRecorded;
    }

    /// <summary>The flow has ended; done when its end may be recorded.</summary>
    public async ValueTask EndAsync()
    {
        ended(this);
        if (Interlocked.CompareExchange(ref _recorded, TooLate, null) is { } opening)
        {
            await opening.Task;
        }

        _record = null;
    }

    private static TaskCompletionSource<bool> Completed()
    {
        var source = new TaskCompletionSource<bool>();
        source.SetResult(false);
        return source;
    }
}
