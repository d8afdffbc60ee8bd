using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Api.Describing;

namespace TrafficAudit.Review.Api;

/// <summary>The paired phones: listed, renamed, blocked; and the code that pairs the next one, as an image for the page.</summary>
internal sealed class DeviceEndpoints(IReviewSource source)
{
    /// <summary>Where the page finds the code; it adds a number that changes with the code.</summary>
    public const string CodePath = "/devices/code.svg";

    private const int LongestName = 256;

    public static void Map(IEndpointRouteBuilder api, IReviewSource source)
    {
        var endpoints = new DeviceEndpoints(source);
        api.MapGet("/devices", endpoints.ListAsync).Described("listDevices", "The paired phones, in the order of pairing.").Takes(ApiParameter.Limit, ApiParameter.Cursor)
            .AnswersTagged<ListReply<DeviceRow>>().Refuses(StatusCodes.Status409Conflict);
        var device = api.MapGroup("/devices/{id}").RequireAuthorization(Policies.Investigator);
        Changes(device.MapPost("/name", endpoints.RenameAsync)).Described("renameDevice", "Gives a phone another name.").TakesBody<DeviceNameRequest>();
        Changes(device.MapPost("/block", context => endpoints.Change(context, (devices, id) => devices.SetBlocked(id, isBlocked: true))))
            .Described("blockDevice", "Forwards nothing of a phone any more.");
        Changes(device.MapPost("/unblock", context => endpoints.Change(context, (devices, id) => devices.SetBlocked(id, isBlocked: false))))
            .Described("unblockDevice", "Serves a phone again.");
    }

    private static IEndpointConventionBuilder Changes(IEndpointConventionBuilder endpoint) => endpoint
        .Takes(new ApiParameter("id", "The phone's id.") { Place = ParameterPlace.Path }).AnswersNothing().Rejects(StatusCodes.Status404NotFound).Refuses(StatusCodes.Status409Conflict);

    /// <summary>The image. Whoever has it can pair a phone.</summary>
    public static void MapCode(IEndpointRouteBuilder routes, IReviewSource source) => routes.MapGet(CodePath, context =>
    {
        if (source.Devices is not { } devices)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "image/svg+xml";
        return context.Response.WriteAsync(devices.Pairing.Svg, context.RequestAborted);
    }).RequireAuthorization(Policies.Investigator);

    private IDeviceSource Devices =>
        source.Devices ?? throw new ApiFaultException(StatusCodes.Status409Conflict, "Nothing is being recorded here, so that no phone can be paired.");

    private Task ListAsync(HttpContext context) =>
        JsonReply.WriteAsync(context, ListRequest.Plain(context).PageOf(Devices.List(), d => d.Id, d => d), ApiJson.Written.ListReplyDeviceRow);

    private async Task RenameAsync(HttpContext context)
    {
        var expected = $"A device's name is sent as {{\"name\": \"…\"}}: 1 to {LongestName} characters.";
        var name = (await JsonBody.ReadAsync(context, ApiJson.Read.DeviceNameRequest, expected)).Name.Trim();
        await Change(context, (devices, id) => devices.Rename(id, name is { Length: >= 1 and <= LongestName } ? name : throw JsonBody.Wrong(expected)));
    }

    private Task Change(HttpContext context, Action<IDeviceSource, string> change)
    {
        change(Devices, (string)context.Request.RouteValues["id"]!);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
