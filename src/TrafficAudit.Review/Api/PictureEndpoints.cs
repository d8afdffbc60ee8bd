using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace TrafficAudit.Review.Api;

/// <summary>The transfers as pictures, drawn as <c>trafficaudit transfers --map</c> and <c>--matrix</c> draw them, behind the page's own token.</summary>
internal static class PictureEndpoints
{
    /// <summary>Where the map of the world is.</summary>
    public const string Map = "/pictures/map.svg";

    /// <summary>Where the matrix of items and recipients is.</summary>
    public const string Matrix = "/pictures/matrix.svg";

    /// <summary>A picture of the transfers that a filter lets through.</summary>
    /// <param name="picture">Which one.</param>
    /// <param name="filter">The filter; empty for everything.</param>
    /// <param name="state">Tells one state of the transfers from another, so that a browser that shows an older one asks again.</param>
    public static string Of(string picture, string filter, long? state = null)
    {
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["filter"] = filter.Length == 0 ? null : filter,
            ["state"] = state?.ToString(CultureInfo.InvariantCulture),
        };
        return QueryHelpers.AddQueryString(picture, parameters);
    }

    public static void MapPictures(IEndpointRouteBuilder routes, IReviewSource source)
    {
        routes.MapGet(Map, context => WriteAsync(context, source, "map"));
        routes.MapGet(Matrix, context => WriteAsync(context, source, "matrix"));
    }

    private static async Task WriteAsync(HttpContext context, IReviewSource source, string kind)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = kind };
        if (context.Request.Query["filter"].ToString() is { Length: > 0 } filter)
        {
            options.Add("filter", filter);
        }

        context.Response.ContentType = "image/svg+xml";
        try
        {
            await ResultEndpoints.WriteAsync(context, source, "transfers", options);
        }
        catch (RejectedRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await ApiEndpoints.WriteLinesAsync(context, e.Message);
        }
    }
}
