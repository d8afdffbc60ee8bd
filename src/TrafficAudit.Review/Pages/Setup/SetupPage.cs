using Microsoft.AspNetCore.Components;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Review.Display;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Layout;
using TrafficAudit.Review.Setup;

namespace TrafficAudit.Review.Pages.Setup;

/// <summary>A page on which investigators set something up.</summary>
public abstract class SetupPage : LiveComponent
{
    private const int LongestFault = 300;

    private bool _isReadFault;

    /// <summary>Who looks at it.</summary>
    [CascadingParameter]
    protected Person Person { get; set; } = null!;

    /// <summary>The case.</summary>
    [Inject]
    protected IReviewSource Source { get; set; } = null!;

    /// <summary>What is set up; null where nothing can be.</summary>
    protected SetupSources? Parts => Source.Setup;

    /// <summary>What was wrong with the last change; null for nothing.</summary>
    protected string? Fault { get; private set; }

    /// <summary>What came of the last change.</summary>
    protected string? Told { get; private set; }

    /// <inheritdoc/>
    protected override TimeSpan Pace => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => RefreshAsync();

    /// <inheritdoc/>
    protected sealed override async Task RefreshAsync()
    {
        try
        {
            await ReadAsync();
            Fault = _isReadFault ? null : Fault;
            _isReadFault = false;
        }
        catch (Exception e) when (IsTold(e))
        {
            Fault = InertText.Of(e.Message, LongestFault);
            _isReadFault = true;
        }
    }

    /// <summary>Takes over what is shown; a disk or a journal that can't be read is said on the page.</summary>
    protected virtual Task ReadAsync() => Task.CompletedTask;

    /// <summary>Carries out a change, and reads again; what is wrong is said.</summary>
    /// <param name="change">The change; gives what is to be told.</param>
    protected async Task DoAsync(Func<Task<string?>> change)
    {
        // The page asked for the role when it was opened; what it changes asks once more.
        if (!Person.MaySetUp)
        {
            return;
        }

        (Fault, Told, _isReadFault) = (null, null, false);
        try
        {
            Told = await change();
            await RefreshAsync();
        }
        catch (Exception e) when (IsTold(e))
        {
            Fault = InertText.Of(e.Message, LongestFault);
        }
    }

    private static bool IsTold(Exception e) => e is RejectedRequestException or IOException or UnauthorizedAccessException or CaseException;
}
