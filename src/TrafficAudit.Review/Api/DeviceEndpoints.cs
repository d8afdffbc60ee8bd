using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Review.Access;

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
        api.MapGet("/devices", endpoints.ListAsync).WithSummary("The paired phones.").WithMetadata(ApiEndpoints.Json<IReadOnlyList<DeviceRow>>());
        var changes = api.MapGroup("/devices/{id}").RequireAuthorization(Policies.Investigator);
        changes.MapPost("/name", endpoints.RenameAsync).WithMetadata(ApiEndpoints.Body<DeviceNameRequest>());
        changes.MapPost("/block", context => endpoints.ChangeAsync(context, (devices, id) => devices.SetBlocked(id, isBlocked: true)));
        changes.MapPost("/unblock", context => endpoints.ChangeAsync(context, (devices, id) => devices.SetBlocked(id, isBlocked: false)));
    }

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

    private Task ListAsync(HttpContext context) => source.Devices is { } devices
        ? context.Response.WriteAsJsonAsync(devices.List(), ApiJson.Default.IReadOnlyListDeviceRow, cancellationToken: context.RequestAborted)
        : RejectNotRecordingAsync(context);

    private async Task RenameAsync(HttpContext context)
    {
        string? name = null;
        try
        {
            name = (await JsonSerializer.DeserializeAsync(context.Request.Body, ApiJson.Default.DeviceNameRequest, context.RequestAborted))?.Name?.Trim();
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            name = null;
        }

        if (name is not { Length: >= 1 and <= LongestName })
        {
            await ApiEndpoints.RejectAsync(
                context, StatusCodes.Status400BadRequest, $"A device's name is sent as {{\"name\": \"…\"}}: 1 to {LongestName} characters.");
            return;
        }

        await ChangeAsync(context, (devices, id) => devices.Rename(id, name));
    }

    private Task ChangeAsync(HttpContext context, Action<IDeviceSource, string> change)
    {
        if (source.Devices is not { } devices)
        {
            return RejectNotRecordingAsync(context);
        }

        try
        {
            change(devices, (string)context.Request.RouteValues["id"]!);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        catch (RejectedRequestException e)
        {
            return ApiEndpoints.RejectAsync(context, StatusCodes.Status404NotFound, e.Message);
        }
    }

    private static Task RejectNotRecordingAsync(HttpContext context) =>
        ApiEndpoints.RejectAsync(context, StatusCodes.Status409Conflict, "Nothing is being recorded here, so that no phone can be paired.");
}
