using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Layout;

namespace TrafficAudit.Review.Pages;

/// <summary>Where people sign in: a plain form, which works without script. It never says whether a name is known.</summary>
public sealed partial class SignIn : ComponentBase
{
    private string? _fault;

    /// <summary>Path and query to go to afterwards, from the address.</summary>
    [SupplyParameterFromQuery(Name = "back")]
    public string? Back { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in")]
    private string? Name { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in")]
    private string? Password { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private SignInDesk Desk { get; set; } = null!;

    [Inject]
    private Sessions Sessions { get; set; } = null!;

    private async Task SubmitAsync()
    {
        try
        {
            var (person, wait) = await Desk.CheckAsync(Name, Password, Context.Connection.RemoteIpAddress, Context.RequestAborted);
            if (person is not null)
            {
                Entry.KeepSession(Context, Sessions.Start(person, isUser: true));
                Navigation.NavigateTo(Preferences.IsOwnPath(Back) ? Back! : "/");
                return;
            }

            if (wait > TimeSpan.Zero)
            {
                var seconds = (int)Math.Ceiling(wait.TotalSeconds);
                Refuse(StatusCodes.Status429TooManyRequests, L["Too many attempts. Try again in {0} seconds.", seconds]);
                Context.Response.Headers.RetryAfter = $"{seconds}";
                return;
            }

            Refuse(StatusCodes.Status401Unauthorized, L["Name or password is wrong."]);
        }
        catch (RejectedRequestException)
        {
            // The details are for whoever sits at the installation: its commands tell them.
            Refuse(StatusCodes.Status500InternalServerError, L["The list of users can't be read. ‘trafficaudit users list’ says why."]);
        }
    }

    private void Refuse(int status, string fault)
    {
        Context.Response.StatusCode = status;
        _fault = fault;
    }
}
