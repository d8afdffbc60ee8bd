using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Access;

/// <summary>What pages and endpoints ask of a person beyond having signed in, and how a refusal is answered.</summary>
public sealed class Policies : IAuthorizationMiddlewareResultHandler
{
    /// <summary>Reviewers and investigators.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>Investigators.</summary>
    public const string Investigator = "investigator";

    /// <inheritdoc/>
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(authorizeResult);
        return authorizeResult.Succeeded ? next(context) : Refusal.Role.WriteAsync(context);
    }

    internal static void AddTo(AuthorizationOptions options)
    {
        options.AddPolicy(Reviewer, policy => policy.RequireAssertion(c => Identity.PersonOf(c.User) is { MayJudge: true }));
        options.AddPolicy(Investigator, policy => policy.RequireAssertion(c => Identity.PersonOf(c.User) is { MaySetUp: true }));
    }
}
