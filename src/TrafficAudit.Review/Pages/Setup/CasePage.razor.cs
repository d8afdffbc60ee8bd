using TrafficAudit.Review.Setup;

namespace TrafficAudit.Review.Pages.Setup;

/// <summary>What the case says of itself, with what a change would do before it is made; and the cases beside it.</summary>
public sealed partial class CasePage : SetupPage
{
    private const int MostHosts = 60;

    private string _company = "";
    private string _apps = "";
    private string _domains = "";
    private string _profile = "";
    private CasePreview? _preview;
    private IReadOnlyList<CaseRow> _cases = [];

    /// <inheritdoc/>
    protected override TimeSpan Pace => TimeSpan.FromSeconds(10);

    private CaseSettings Written => new(_company, [.. Lines(_apps)], [.. Lines(_domains)], _profile);

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        Reset();
        return base.OnInitializedAsync();
    }

    /// <inheritdoc/>
    protected override Task ReadAsync()
    {
        _cases = Parts?.Case.Cases() ?? [];
        return Task.CompletedTask;
    }

    private static IEnumerable<string> Lines(string text) => text.Split(['\n', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void Reset()
    {
        _preview = null;
        if (Parts?.Case.Settings is { } settings)
        {
            (_company, _profile) = (settings.Company ?? "", settings.Profile);
            (_apps, _domains) = (string.Join('\n', settings.AppIds), string.Join('\n', settings.FirstPartyDomains));
        }
    }

    private Task PreviewAsync()
    {
        _preview = null;
        return DoAsync(async () =>
        {
            // Goes through the whole index.
            var written = Written;
            _preview = await Task.Run(() => Parts!.Case.Preview(written), Leaving);
            return null;
        });
    }

    private Task ChangeAsync() => DoAsync(async () =>
    {
        // What was shown, not what has been typed since.
        var isChanged = await Parts!.Case.ChangeAsync(Person, _preview!.Settings, Leaving);
        Reset();
        return isChanged ? L["Changed; it is in the journal."] : L["Nothing was to be changed."];
    });
}
