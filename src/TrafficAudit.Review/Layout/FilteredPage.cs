using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using TrafficAudit.Review.Pages;
using TrafficAudit.Review.Searching;

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

    /// <summary>What stands for a filter that must not stand in the address (see <see cref="SearchTexts"/>).</summary>
    [SupplyParameterFromQuery(Name = "search")]
    public string? Search { get; set; }

    [Inject]
    private SearchTexts Texts { get; set; } = null!;

    [Inject]
    private IStringLocalizer<FilteredPage> Words { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Whether what is shown stands still.</summary>
    protected bool IsPaused { get; private set; }

    /// <summary>What is wrong with the filter; null while nothing is.</summary>
    protected RejectedRequestException? Fault { get; private set; }

    /// <summary>What the address asks for.</summary>
    private protected PageAddress Address => PageAddress.Parse(Before, Search is null ? Filter : Texts.Find(Search), Search);

    /// <summary>Whether decoded content can be searched here, which takes its time.</summary>
    protected virtual bool IsForSearches => false;

    private string Here => "/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0];

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (Search is null && IsForSearches && SearchTexts.IsPrivate(Filter))
        {
            // Somebody made this address; it is not to stay in the history.
            GoTo(Filter!, replace: true);
            return Task.CompletedTask;
        }

        return TryLoadAsync();
    }

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
    protected void ApplyFilter(string filter)
    {
        if (!TryRefuse(filter))
        {
            GoTo(filter, replace: false);
        }
    }

    /// <summary>The same page with another filter.</summary>
    protected virtual string AddressWith(string filter) => PageAddress.WithFilter(Here, filter);

    /// <summary>Says that a filter can't be used here because it looks into decoded content; false when it can.</summary>
    protected bool TryRefuse(string filter)
    {
        if (IsForSearches || !SearchTexts.IsPrivate(filter))
        {
            return false;
        }

        Fault = NotHere;
        return true;
    }

    private RejectedRequestException NotHere => new(Words["Decoded content (body:, field:) is searched in the list of flows; the commands 'findings' and 'transfers' take such filters, too."]);

    private void GoTo(string filter, bool replace)
    {
        var address = SearchTexts.IsPrivate(filter) ? new PageAddress(null, filter.Trim(), Texts.Keep(filter.Trim())).On(Here) : AddressWith(filter);
        Navigation.NavigateTo(address, forceLoad: false, replace);
    }

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
            if (Search is not null && Texts.Find(Search) is null)
            {
                throw new RejectedRequestException(Words["What this address searches for was kept until the program ended, and never written down: type it again."]);
            }

            if (!IsForSearches && SearchTexts.IsPrivate(address.Filter))
            {
                throw NotHere;
            }

            await LoadAsync(address);
            Fault = address == Address ? null : Fault;
        }
        catch (RejectedRequestException e)
        {
            // What was shown before is not what the filter asks for; a fault of an address that was left is nobody's any more.
            if (address == Address)
            {
                Clear();
                Fault = e;
            }
        }
    }
}
