using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;

namespace TrafficAudit.Review.Access;

/// <summary>Lets an open page know that its session has ended: asked again every few seconds, since a circuit makes no requests.</summary>
internal sealed class SessionAuthentication(ILoggerFactory loggers, Sessions sessions) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(Identity.SessionOf(authenticationState.User) is { } id && sessions.IsAlive(id));
}
