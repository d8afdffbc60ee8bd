using Microsoft.AspNetCore.Components;

namespace TrafficAudit.Review.Pages;

/// <summary>The page: one of the lists, kept up to date while it is the newest one and not paused.</summary>
public sealed partial class Home : ComponentBase, IAsyncDisposable
{
    /// <summary>At most four times a second: a person sees no more, and drawing costs the proxy's processor.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _leaving = new();
    private Task _watching = Task.CompletedTask;
    private PageContent? _content;
    private ReviewCounters _now;
    private bool _paused;
    private string? _fault;

    /// <summary>The section, from the address.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? View { get; set; }

    /// <summary>The flow number to stay below, from the address.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    /// <summary>What is shown of all there is, from the address.</summary>
    [SupplyParameterFromQuery(Name = "filter")]
    public string? Filter { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IReviewSource Source { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private PageAddress Address => PageAddress.Parse(View, Before, Filter);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching;
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => LoadAsync();

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
            await foreach (var _ in Source.WatchAsync(_leaving.Token))
            {
                await RefreshAsync();
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

    private async Task RefreshAsync()
    {
        if (_paused || Address.Before is not null)
        {
            _now = Source.Counters;
        }
        else
        {
            await LoadAsync();
        }

        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        var address = Address;
        try
        {
            var content = await PageContent.LoadAsync(Source, address, _leaving.Token);
            if (address == Address)
            {
                (_content, _fault) = (content, null);
                _now = content.Counters;
            }
        }
        catch (RejectedRequestException e)
        {
            // What was shown before is not what the filter asks for; a fault of an address that was left is nobody's any more.
            (_content, _fault) = address == Address ? (null, e.Message) : (_content, _fault);
        }
    }

    private void ApplyFilter(ChangeEventArgs typed) => Navigation.NavigateTo(new PageAddress(Address.View, null, typed.Value?.ToString()?.Trim() ?? "").ToString());

    private Task TogglePauseAsync()
    {
        _paused = !_paused;
        return _paused ? Task.CompletedTask : LoadAsync();
    }
}
