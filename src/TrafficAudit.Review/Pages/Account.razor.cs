using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Pages;

/// <summary>Where users change their own password: a plain form, since the session goes on in a new cookie.</summary>
public sealed partial class Account : ComponentBase
{
    private string? _fault;
    private bool _isDone;

    [SupplyParameterFromForm(FormName = "password")]
    private string? Present { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    private string? Next { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    private string? Again { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    [Inject]
    private SignInDesk Desk { get; set; } = null!;

    [Inject]
    private Sessions Sessions { get; set; } = null!;

    private async Task SubmitAsync()
    {
        var person = Identity.PersonOf(Context.User);
        var session = Identity.SessionOf(Context.User);
        if (person is null || session is null || !Sessions.IsUsers(session))
        {
            _fault = L["Whoever came in by the link of the terminal has no password."];
        }
        else if (Next != Again)
        {
            _fault = L["The new passwords differ."];
        }
        else if (await Desk.CheckAsync(person.Name, Present, Context.Connection.RemoteIpAddress, Context.RequestAborted) is (null, var wait))
        {
            _fault = wait > TimeSpan.Zero ? L["Too many attempts. Try again in {0} seconds.", (int)Math.Ceiling(wait.TotalSeconds)] : L["The present password is wrong."];
        }
        else
        {
            Change(person);
        }

        Context.Response.StatusCode = _fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
    }

    private void Change(Person person)
    {
        try
        {
            Context.RequestServices.GetRequiredService<Users>().SetPassword(person.Name, Next ?? "");
            Entry.KeepSession(Context, Sessions.Start(person, isUser: true));
            _isDone = true;
        }
        catch (RejectedRequestException)
        {
            _fault = L["At least {0} characters; a sentence is easy to remember.", Users.ShortestPassword];
        }
    }
}
