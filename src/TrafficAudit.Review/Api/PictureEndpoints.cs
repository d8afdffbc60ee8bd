using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace TrafficAudit.Review.Api;

/// <summary>The transfers as pictures, drawn as <c>trafficaudit transfers --map</c> and <c>--matrix</c> draw them, behind the page's own token.</summary>
internal static class PictureEndpoints
{
    /// <summary>Where the map of the world is.</summary>
    public const string Map = "/pictures/map.svg";

    /// <summary>Where the matrix of items and recipients is.</summary>
    public const string Matrix = "/pictures/matrix.svg";

    public static void MapPictures(IEndpointRouteBuilder routes, IReviewSource source)
    {
        routes.MapGet(Map, context => WriteAsync(context, source, "map"));
        routes.MapGet(Matrix, context => WriteAsync(context, source, "matrix"));
    }

    private static Task WriteAsync(HttpContext context, IReviewSource source, string kind)
    {
        context.Response.ContentType = "image/svg+xml";
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return source.WriteResultsAsync(
            "transfers", new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = kind }, context.Response.Body, context.RequestAborted);
    }
}
