using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Review.Api.Describing;

namespace TrafficAudit.Review.Api;

/// <summary>
/// What stands before every endpoint of the API: 1. The query is held to what the endpoint says of its parameters. 2. What the endpoint throws becomes a
/// <see cref="Problem"/>, as long as nothing was answered yet; afterwards the connection breaks, so that half an answer never looks whole.
/// </summary>
internal static class ApiGuard
{
    /// <summary>Stands before every endpoint of a group.</summary>
    public static void Protect(IEndpointConventionBuilder api) => api.Add(endpoint =>
    {
        if (endpoint.RequestDelegate is { } next)
        {
            endpoint.RequestDelegate = context => PassAsync(context, next);
        }
    });

    private static async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            var metadata = context.GetEndpoint()!.Metadata;
            (metadata.GetMetadata<ApiParameters>() ?? ApiParameters.None).Check(context.Request);
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && StatusOf(context, e) is not null)
        {
            await Problem.WriteAsync(context, StatusOf(context, e)!.Value, e.Message, (e as RejectedFilterException)?.Position);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is nobody to answer, and nothing is wrong here.
            return;
        }
    }

    private static int? StatusOf(HttpContext context, Exception fault) => fault switch
    {
        ApiFaultException f => f.Status,
        BadHttpRequestException f => f.StatusCode,
        RejectedFilterException => StatusCodes.Status400BadRequest,
        RejectedRequestException => context.GetEndpoint()?.Metadata.GetMetadata<RejectionStatus>()?.Status ?? StatusCodes.Status400BadRequest,
        IOException or UnauthorizedAccessException when !context.RequestAborted.IsCancellationRequested => StatusCodes.Status500InternalServerError,
        _ => null,
    };
}
