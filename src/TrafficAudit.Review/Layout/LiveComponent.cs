using Microsoft.AspNetCore.Components;

namespace TrafficAudit.Review.Layout;

/// <summary>Part of a page that is kept up to date while the case changes.</summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Task _watching = Task.CompletedTask;

    [Inject]
    private IReviewSource Live { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>How long it stands still after it was drawn. By default a quarter of a second: a person sees no more, and drawing costs the proxy's processor.</summary>
    protected virtual TimeSpan Pace => TimeSpan.FromMilliseconds(250);

    /// <summary>Cancelled when the component is left.</summary>
    protected CancellationToken Leaving => _leaving.Token;

    /// <summary>Ends the watch.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching;
        await DisposeCoreAsync();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Something has changed: take over what is shown. It is drawn afterwards.</summary>
    protected abstract Task RefreshAsync();

    /// <summary>Yields at once, and then when there is something new; by default when the case has changed.</summary>
    /// <param name="leaving">Cancelled when the component is left.</param>
    protected virtual IAsyncEnumerable<long> Changes(CancellationToken leaving) => Live.WatchAsync(leaving);

    /// <summary>Gives up what the component holds.</summary>
    protected virtual ValueTask DisposeCoreAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        // Runs in the browser's live connection only, not while the first HTML is made.
        if (firstRender)
        {
            _watching = WatchAsync();
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var _ in Changes(_leaving.Token))
            {
                await InvokeAsync(async () =>
                {
                    await RefreshAsync();
                    StateHasChanged();
                });
                await Task.Delay(Pace, Time, _leaving.Token);
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            // The rim of this task: shown on the page and logged, since nobody awaits it before the page is left.
            await DispatchExceptionAsync(e);
        }
    }
}
