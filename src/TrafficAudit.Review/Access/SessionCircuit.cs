using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace TrafficAudit.Review.Access;

/// <summary>
/// What a person does on an open page is use of the session. When the session has ended, nothing of it is carried out any more: not even what
/// comes before the page has noticed.
/// </summary>
internal sealed class SessionCircuit(AuthenticationStateProvider authentication, Sessions sessions) : CircuitHandler
{
    /// <inheritdoc/>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        var state = await authentication.GetAuthenticationStateAsync();
        if (Identity.SessionOf(state.User) is { } id && sessions.IsAlive(id, isUsed: true))
        {
            await next(context);
        }
    };
}
