using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using TrafficAudit.Model;
using TrafficAudit.Review.Display;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Flows;

namespace TrafficAudit.Review.Pages;

/// <summary>One flow: its messages with what was found in them, how its place is known, who got it, and the evidence for all that.</summary>
public sealed partial class FlowPage : ComponentBase, IDisposable
{
    private const int NeighboursEach = 5;

    private readonly CancellationTokenSource _leaving = new();
    private FlowAddress _address;
    private FlowView? _view;
    private FlowNeighbours _neighbours = FlowNeighbours.None;
    private (string? Request, string? Response) _images;
    private string? _fault;
    private bool _isLoaded;

    // Only here: neither the address nor the browser ever holds that values were revealed.
    private bool _isRevealed;

    /// <summary>The flow's number, from the address.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>How bodies are shown: <c>pretty</c>, <c>text</c> or <c>hex</c>.</summary>
    [SupplyParameterFromQuery(Name = "body")]
    public string? Body { get; set; }

    /// <summary>Which page of the request's body, from 1.</summary>
    [SupplyParameterFromQuery(Name = "request-page")]
    public string? RequestPage { get; set; }

    /// <summary>Which page of the response's body, from 1.</summary>
    [SupplyParameterFromQuery(Name = "response-page")]
    public string? ResponsePage { get; set; }

    /// <summary>Which page of a WebSocket's messages, from 1.</summary>
    [SupplyParameterFromQuery(Name = "messages")]
    public string? MessagePage { get; set; }

    /// <summary>Who looks at it.</summary>
    [CascadingParameter]
    public Person? Person { get; set; }

    [Inject]
    private IReviewSource Source { get; set; } = null!;

    [Inject]
    private RevealedImages Images { get; set; } = null!;

    [Inject]
    private IStringLocalizer<FlowPage> L { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var address = FlowAddress.Parse(Number, Body, RequestPage, ResponsePage, MessagePage);
        if (_isLoaded && address == _address)
        {
            return;
        }

        if (address.Number != _address.Number)
        {
            _isRevealed = false;
        }

        _address = address;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _fault = null;
        var choice = new ViewChoice(_address, _isRevealed);
        try
        {
            using var detail = await Source.Flows.FindAsync(Number, _leaving.Token);
            _view = detail is null ? null : await Task.Run(() => FlowViewer.View(detail, choice), _leaving.Token);
        }
        catch (IOException e)
        {
            _view = null;
            _fault = InertText.Of(e.Message);
        }

        _neighbours = Source.Flows.Neighbours(Number, NeighboursEach);
        _images = (ImageOf(_view?.Request), ImageOf(_view?.Response));
        _isLoaded = true;
    }

    private async Task RevealAsync()
    {
        try
        {
            await Source.RevealAsync(Person!, new Revealing("page") { Flows = [Number] }, _leaving.Token);
        }
        catch (RejectedRequestException e)
        {
            _fault = InertText.Of(e.Message);
            return;
        }

        _isRevealed = true;
        await LoadAsync();
    }

    private Task MaskAsync()
    {
        _isRevealed = false;
        return LoadAsync();
    }

    private string? ImageOf(MessageView? message) => _isRevealed && message is { Image: not null } ? Images.AddressOf(Number, message.Kind) : null;
}
