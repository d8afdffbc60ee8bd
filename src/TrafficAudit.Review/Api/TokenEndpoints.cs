using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Api.Describing;

namespace TrafficAudit.Review.Api;

/// <summary>Programs' own tokens: what the page under <c>/setup/users</c> and the command <c>tokens</c> do. For investigators.</summary>
/// <param name="tokens">The list; null where the program was started without one.</param>
internal sealed class TokenEndpoints(ClientTokens? tokens)
{
    private ClientTokens Tokens => tokens ?? throw new ApiFaultException(StatusCodes.Status409Conflict, "This program was started without a list of tokens.");

    public static void Map(IEndpointRouteBuilder routes, ClientTokens? tokens)
    {
        var endpoints = new TokenEndpoints(tokens);
        var api = routes.MapGroup("/tokens").RequireAuthorization(Policies.Investigator);
        api.MapGet("", endpoints.ListAsync).Described("listTokens", "The tokens for programs, by name; never the tokens themselves.").Takes(ApiParameter.Limit, ApiParameter.Cursor)
            .AnswersTagged<ListReply<ClientToken>>().Refuses(StatusCodes.Status409Conflict);
        api.MapPost("", endpoints.CreateAsync).Described("createToken", $"Makes a token, which is shown only now; it is good for 1 to {ClientTokens.LongestLife} days, or until it is revoked.")
            .TakesBody<NewTokenRequest>().Answers<NewTokenReply>(StatusCodes.Status201Created).Rejects(StatusCodes.Status409Conflict);
        api.MapDelete("/{name}", endpoints.RevokeAsync).Described("revokeToken", "Revokes a token: from now on it is refused.")
            .Takes(new ApiParameter("name", "The token's name, in any case.") { Place = ParameterPlace.Path }).AnswersNothing().Rejects(StatusCodes.Status404NotFound).Refuses(StatusCodes.Status409Conflict);
    }

    private Task ListAsync(HttpContext context) =>
        JsonReply.WriteAsync(context, ListRequest.Plain(context).PageOf(Tokens.List(), t => t.Name, t => t), ApiJson.Written.ListReplyClientToken);

    private async Task CreateAsync(HttpContext context)
    {
        const string Expected = "A token is asked for as {\"name\": \"…\", \"role\": \"viewer|reviewer|investigator\", \"days\": 30}, or without days.";
        var sent = await JsonBody.ReadAsync(context, ApiJson.Read.NewTokenRequest, Expected);
        var made = new NewTokenReply(sent.Name.Trim(), Tokens.Create(sent.Name, UserEndpoints.RoleOf(sent.Role, Expected), sent.Days));
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.Response.WriteAsJsonAsync(made, ApiJson.Written.NewTokenReply, cancellationToken: context.RequestAborted);
    }

    private Task RevokeAsync(HttpContext context)
    {
        Tokens.Revoke(UserEndpoints.NameOf(context));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
