using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TrafficAudit.Review.Hosting;

/// <summary>
/// The page's files, served from the assembly. Static web assets would be found through a manifest beside the program, which is missing
/// in some ways of building and starting it; what is embedded is always there, and nothing on the disk can be put in its place.
/// </summary>
internal static class EmbeddedAssets
{
    private const string FlagPrefix = "flags/";

    // ISO 3166-1 alpha-2.
    private static readonly FrozenSet<string> Flags = typeof(EmbeddedAssets).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(FlagPrefix, StringComparison.Ordinal))
        .Select(n => Path.GetFileNameWithoutExtension(n[FlagPrefix.Length..]))
        .ToFrozenSet(StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapOne(routes, "/_framework/blazor.web.js", "blazor.web.js", "text/javascript; charset=utf-8");
        MapOne(routes, "/assets/review.css", "review.css", "text/css; charset=utf-8");
        MapOne(routes, "/assets/access.css", "access.css", "text/css; charset=utf-8");
        MapOne(routes, "/assets/flow.css", "flow.css", "text/css; charset=utf-8");
        MapOne(routes, "/assets/copy.js", "copy.js", "text/javascript; charset=utf-8");
        MapOne(routes, "/assets/decisions.css", "decisions.css", "text/css; charset=utf-8");
        MapOne(routes, "/assets/pictures.css", "pictures.css", "text/css; charset=utf-8");
        MapOne(routes, "/assets/search.css", "search.css", "text/css; charset=utf-8");
        MapOne(routes, "/assets/setup.css", "setup.css", "text/css; charset=utf-8");
        MapOne(routes, "/assets/icon.svg", "icon.svg", "image/svg+xml");
        MapOne(routes, "/assets/keys.js", "keys.js", "text/javascript; charset=utf-8");
        MapOne(routes, "/assets/filter.js", "filter.js", "text/javascript; charset=utf-8");
        foreach (var country in Flags)
        {
            MapOne(routes, FlagOf(country), FlagPrefix + country + ".svg", "image/svg+xml");
        }
    }

    /// <summary>Where a country's flag is; null when there is none.</summary>
    public static string? Flag(string? country) => country is not null && Flags.Contains(country) ? FlagOf(country) : null;

    private static string FlagOf(string country) => $"/assets/flags/{country}.svg";

    private static void MapOne(IEndpointRouteBuilder routes, string path, string resource, string contentType)
    {
        var bytes = Read(resource);
        routes.MapGet(path, context =>
        {
            context.Response.ContentType = contentType;
            context.Response.ContentLength = bytes.Length;
            return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
        });
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(EmbeddedAssets).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is not in this build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
