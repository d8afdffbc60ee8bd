using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Review.Api;

/// <summary>What is wrong with a request, for programs (RFC 9457, media type <c>application/problem+json</c>).</summary>
internal static class Problem
{
    /// <summary>Answers with a problem; of a filter also where in it the fault is, as <c>position</c> from 1.</summary>
    public static Task WriteAsync(HttpContext context, int status, string title, RejectedRequestException fault) => TypedResults.Problem(
        fault.Message,
        statusCode: status,
        title: title,
        extensions: fault is RejectedFilterException filter ? [new("position", filter.Position)] : null).ExecuteAsync(context);
}
