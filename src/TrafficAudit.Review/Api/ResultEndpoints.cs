using System.Collections.Immutable;
using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Api.Describing;

namespace TrafficAudit.Review.Api;

/// <summary>What commands print, byte for byte: with this they reach the program that is recording their case.</summary>
internal sealed class ResultEndpoints(IReviewSource source)
{
    private const string Export = "export";

    private static readonly ImmutableArray<string> Commands = ["flows", "findings", "transfers", "coverage", "correlate", "show", "explain", Export, "decisions"];

    public static void Map(IEndpointRouteBuilder api, IReviewSource source) => api.MapGet("/results/{command}", new ResultEndpoints(source).WriteAsync)
        .Described("getResults", "What a command prints on standard output, byte for byte; its options are the parameters, a switch with an empty value. Values that are revealed, and exports, need the role reviewer.")
        .WithMetadata(new ApiParameters(
            [
                new("command", "Which command.") { Place = ParameterPlace.Path, Words = Commands },
                new("format", "The command's --format: table, json, ndjson, csv, har …"),
                new("filter", "The command's --filter."),
            ],
            TakesMore: true))
        .Answers<Stream>(mediaType: MediaTypeNames.Application.Octet).Refuses(StatusCodes.Status404NotFound).Refuses(StatusCodes.Status409Conflict);

    private async Task WriteAsync(HttpContext context)
    {
        var command = (string)context.Request.RouteValues["command"]!;
        if (!Commands.Contains(command, StringComparer.Ordinal))
        {
            throw new ApiFaultException(StatusCodes.Status404NotFound, $"There are results of {string.Join(", ", Commands)}.");
        }

        var options = context.Request.Query.ToDictionary(o => o.Key, o => o.Value.ToString(), StringComparer.Ordinal);
        if (ShowsValues(command, options))
        {
            await RevealAsync(context, command, options);
        }

        context.Response.ContentType = MediaTypeNames.Application.Octet;
        await WriteAsync(context, source, command, options);
    }

    /// <summary>Writes what a command prints.</summary>
    internal static Task WriteAsync(HttpContext context, IReviewSource source, string command, IReadOnlyDictionary<string, string> options)
    {
        // Whoever renders for a terminal writes synchronously; one command occupies at most one thread here.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return source.WriteResultsAsync(command, options, context.Response.Body, context.RequestAborted);
    }

    /// <summary>An export is whole unless it is redacted; everything else is masked unless it is revealed.</summary>
    private static bool ShowsValues(string command, Dictionary<string, string> options) =>
        options.ContainsKey("reveal") || (command == Export && !options.ContainsKey("redact"));

    /// <summary>Values leave this process only for whoever may see them, and once the journal says so; of exports it says so by itself.</summary>
    private async Task RevealAsync(HttpContext context, string command, Dictionary<string, string> options)
    {
        var person = Identity.PersonOf(context.User)!;
        if (!person.MayJudge)
        {
            throw new ApiFaultException(StatusCodes.Status403Forbidden, "Your role does not allow this: values are shown unmasked to reviewers and investigators only.");
        }

        if (command == Export)
        {
            return;
        }

        try
        {
            var flow = options.GetValueOrDefault("flow");
            await source.RevealAsync(
                person,
                new Revealing(command) { Flows = long.TryParse(flow, CultureInfo.InvariantCulture, out var number) ? [number] : [], Filter = options.GetValueOrDefault("filter") },
                context.RequestAborted);
        }
        catch (RejectedRequestException e)
        {
            throw new ApiFaultException(StatusCodes.Status409Conflict, e.Message);
        }
    }
}
