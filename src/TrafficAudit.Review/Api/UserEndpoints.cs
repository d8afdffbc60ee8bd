using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Api.Describing;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Api;

/// <summary>Who may sign in: what the page under <c>/setup/users</c> and the command <c>users</c> do. For investigators.</summary>
/// <param name="users">The list; null where the program was started without one.</param>
internal sealed class UserEndpoints(Users? users)
{
    private const string Name = "name";

    private static readonly ApiParameter NameInPath = new(Name, "The user's name, in any case.") { Place = ParameterPlace.Path };

    private Users Users => users ?? throw new ApiFaultException(StatusCodes.Status409Conflict, "This program was started without a list of users.");

    public static void Map(IEndpointRouteBuilder routes, Users? users)
    {
        var endpoints = new UserEndpoints(users);
        var api = routes.MapGroup("/users").RequireAuthorization(Policies.Investigator);
        api.MapGet("", endpoints.ListAsync).Described("listUsers", "Who may sign in, by name.").Takes(ApiParameter.Limit, ApiParameter.Cursor)
            .AnswersTagged<ListReply<User>>().Refuses(StatusCodes.Status409Conflict);
        api.MapPost("", endpoints.AddAsync).Described("addUser", $"Adds a user; a password has {Users.ShortestPassword} to {Users.LongestPassword} characters.").TakesBody<NewUserRequest>()
            .AnswersNothing().Rejects(StatusCodes.Status409Conflict);
        var user = api.MapGroup("/{name}");
        Changes(user.MapPost("/password", endpoints.SetPasswordAsync)).Described("setPassword", "Gives a user another password, which ends the user's sessions.").TakesBody<PasswordRequest>();
        Changes(user.MapPost("/role", endpoints.SetRoleAsync)).Described("setRole", "Gives a user another role, which ends the user's sessions.").TakesBody<RoleRequest>();
        Changes(user.MapDelete("", endpoints.RemoveAsync)).Described("removeUser", "Takes a user off the list, which ends the user's sessions.");
    }

    private static IEndpointConventionBuilder Changes(IEndpointConventionBuilder endpoint) =>
        endpoint.Takes(NameInPath).AnswersNothing().Rejects(StatusCodes.Status404NotFound).Refuses(StatusCodes.Status409Conflict);

    /// <summary>The name in a path; a slash is left percent-encoded by the server, since it would part the path.</summary>
    internal static string NameOf(HttpContext context) => ((string)context.Request.RouteValues[Name]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The role that was sent: a number is none, whatever the reader of JSON says.</summary>
    internal static Role RoleOf(Role sent, string expected) => Enum.IsDefined(sent) ? sent : throw JsonBody.Wrong(expected);

    private Task ListAsync(HttpContext context) =>
        JsonReply.WriteAsync(context, ListRequest.Plain(context).PageOf(Users.List(), u => u.Name, u => u), ApiJson.Written.ListReplyUser);

    private async Task AddAsync(HttpContext context)
    {
        const string Expected = "A user is posted as {\"name\": \"…\", \"role\": \"viewer|reviewer|investigator\", \"password\": \"…\"}.";
        var sent = await JsonBody.ReadAsync(context, ApiJson.Read.NewUserRequest, Expected);
        Users.Add(sent.Name, RoleOf(sent.Role, Expected), sent.Password);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task SetPasswordAsync(HttpContext context)
    {
        var expected = $"A password is posted as {{\"password\": \"…\"}}: {Users.ShortestPassword} to {Users.LongestPassword} characters.";
        var sent = await JsonBody.ReadAsync(context, ApiJson.Read.PasswordRequest, expected);
        Users.SetPassword(
            NameOf(context), sent.Password.Length is >= Users.ShortestPassword and <= Users.LongestPassword ? sent.Password : throw JsonBody.Wrong(expected));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task SetRoleAsync(HttpContext context)
    {
        const string Expected = "A role is posted as {\"role\": \"viewer|reviewer|investigator\"}.";
        var sent = await JsonBody.ReadAsync(context, ApiJson.Read.RoleRequest, Expected);
        Users.SetRole(NameOf(context), RoleOf(sent.Role, Expected));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task RemoveAsync(HttpContext context)
    {
        Users.Remove(NameOf(context));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
