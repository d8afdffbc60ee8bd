using Microsoft.AspNetCore.Components;
using TrafficAudit.Review.Pages;

namespace TrafficAudit.Review.Layout;

/// <summary>A page that shows what a filter in its address lets through, kept up to date while it is not paused.</summary>
public abstract class FilteredPage : LiveComponent
{
    /// <summary>The filter, from the address.</summary>
    [SupplyParameterFromQuery(Name = "filter")]
    public string? Filter { get; set; }

    /// <summary>The flow number to stay below, from the address.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Whether what is shown stands still.</summary>
    protected bool IsPaused { get; private set; }

    /// <summary>What is wrong with the filter; null while nothing is.</summary>
    protected RejectedRequestException? Fault { get; private set; }

    /// <summary>What the address asks for.</summary>
    private protected PageAddress Address => PageAddress.Parse(Before, Filter);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => TryLoadAsync();

    /// <inheritdoc/>
    protected override Task RefreshAsync() => IsPaused || Address.Before is not null ? RefreshPausedAsync() : TryLoadAsync();

    /// <summary>Something has changed while the page stands still.</summary>
    protected virtual Task RefreshPausedAsync() => Task.CompletedTask;

    /// <summary>Reads what is to be shown.</summary>
    /// <exception cref="RejectedRequestException">The filter can't be understood.</exception>
    private protected abstract Task LoadAsync(PageAddress address);

    /// <summary>What was shown is not what the address asks for any more.</summary>
    protected abstract void Clear();

    /// <summary>Goes to the same page with another filter.</summary>
    protected void ApplyFilter(string filter) => Navigation.NavigateTo(AddressWith(filter));

    /// <summary>The same page with another filter.</summary>
    protected virtual string AddressWith(string filter) =>
        PageAddress.WithFilter("/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0], filter);

    /// <summary>Lets what is shown stand still, or go on.</summary>
    protected Task TogglePauseAsync()
    {
        IsPaused = !IsPaused;
        return IsPaused ? Task.CompletedTask : TryLoadAsync();
    }

    /// <summary>Reads what is to be shown, or says what is wrong with the filter.</summary>
    protected async Task TryLoadAsync()
    {
        var address = Address;
        try
        {
            await LoadAsync(address);
            Fault = null;
        }
        catch (RejectedRequestException e) when (address == Address)
        {
            // What was shown before is not what the filter asks for; a fault of an address that was left is nobody's any more.
            Clear();
            Fault = e;
        }
    }
}
