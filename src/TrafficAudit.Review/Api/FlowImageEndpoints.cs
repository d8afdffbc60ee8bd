using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;
using TrafficAudit.Review.Flows;

namespace TrafficAudit.Review.Api;

/// <summary>Captured images, for pages that had them revealed, and the maps of flows' destinations.</summary>
internal static class FlowImageEndpoints
{
    /// <summary>The policy of a captured image: nothing in it runs or is fetched, also when it is opened by itself.</summary>
    public const string ImagePolicy = "sandbox; default-src 'none'";

    private const int LargestImage = 16 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes, IReviewSource source, RevealedImages images)
    {
        routes.MapGet(RevealedImages.Path + "/{ticket}", context => WriteImageAsync(context, source, images));
        routes.MapGet("/pictures/place/{country}/{grade}", context => WritePlaceAsync(context, source));
    }

    /// <summary>Where the map with a country marked is.</summary>
    public static string PlaceOf(string country, CountryGrade grade) => $"/pictures/place/{Uri.EscapeDataString(country)}/{Token.Of(grade)}";

    private static async Task WriteImageAsync(HttpContext context, IReviewSource source, RevealedImages images)
    {
        if (images.Find((string)context.Request.RouteValues["ticket"]!) is not var (number, kind)
            || await source.Flows.FindAsync(number, context.RequestAborted) is not { } detail)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using (detail)
        {
            // The type is the bytes' own, never what the server called them.
            var message = kind == MessageKind.Request ? detail.Record.Request : detail.Record.Response;
            var bytes = message is null || message.Body.Length > LargestImage ? ReadOnlyMemory<byte>.Empty : ContentCodings.Undo(message) ?? message.Body.ToMemory();
            if (ImageInfo.Of(bytes.Span) is not { } image)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            context.Response.ContentType = image.Type;
            context.Response.ContentLength = bytes.Length;
            context.Items[Doors.ResponseHeaders.PolicyItem] = ImagePolicy;
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private static Task WritePlaceAsync(HttpContext context, IReviewSource source)
    {
        if (!Token.TryParse<CountryGrade>((string)context.Request.RouteValues["grade"]!, out var grade)
            || source.Flows.DrawPlace((string)context.Request.RouteValues["country"]!, grade) is not { } map)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "image/svg+xml";
        return context.Response.WriteAsync(map, context.RequestAborted);
    }
}
