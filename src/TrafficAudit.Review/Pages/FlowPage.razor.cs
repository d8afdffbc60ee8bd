using Microsoft.AspNetCore.Components;
using TrafficAudit.Review.Display;

namespace TrafficAudit.Review.Pages;

/// <summary>One flow: how its place is known, who got it, what was found in it, and its messages decoded.</summary>
public sealed partial class FlowPage : ComponentBase, IDisposable
{
    private const int MostAddresses = 8;

    // More is not read on a page; the command has no bound.
    private const int MostText = 200_000;
    private const int LongestLine = 2_000;

    private readonly CancellationTokenSource _leaving = new();
    private FlowDetail? _detail;
    private string _text = "";
    private bool _isLoaded;

    /// <summary>The flow's number, from the address.</summary>
    [Parameter]
    public long Number { get; set; }

    [Inject]
    private IReviewSource Source { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        _detail = await Source.FlowAsync(Number, _leaving.Token);
        _text = _detail is null ? "" : TextOf(_detail.Text);
        _isLoaded = true;
    }

    /// <summary>Line by line, since what is inert within a line would make an escape of each line's end.</summary>
    private static string TextOf(string text)
    {
        var cut = text.Length <= MostText ? text : text[..MostText];
        var lines = cut.Split('\n').Select(line => InertText.Of(line.TrimEnd('\r'), LongestLine));
        var more = text.Length <= MostText ? "" : $"\n… {text.Length - MostText} characters more: 'trafficaudit show' prints them all";
        return string.Join('\n', lines) + more;
    }
}
