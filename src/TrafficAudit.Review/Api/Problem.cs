using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace TrafficAudit.Review.Api;

/// <summary>What is wrong with a request (RFC 9457): every refusal of the API has this form.</summary>
/// <param name="Type">Always <c>about:blank</c>: there is no more to it than the status says (RFC 9457, section 4.2.1).</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The status.</param>
/// <param name="Detail">What is wrong and what to do, in one line for people.</param>
/// <param name="Position">Of a filter, where in it the fault is, in UTF-16 units from 1; else null.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, int? Position)
{
    /// <summary>Its media type.</summary>
    internal const string MediaType = MediaTypeNames.Application.ProblemJson;

    /// <summary>Answers with a problem.</summary>
    internal static Task WriteAsync(HttpContext context, int status, string detail, int? position = null)
    {
        context.Response.StatusCode = status;
        var problem = new Problem("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail, position);
        return context.Response.WriteAsJsonAsync(problem, ApiJson.Written.Problem, MediaType, context.RequestAborted);
    }
}
