using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace TrafficAudit.Review.Api.Describing;

/// <summary>What an endpoint says of itself, where it is mapped; <see cref="ApiDescription"/> makes the document of it.</summary>
internal static class EndpointDescription
{
    /// <summary>What bodies are taken under; the description calls it JSON.</summary>
    public const string AnyMediaType = "*/*";

    /// <summary>Names the endpoint: the name under which generated clients have it, and what it is for in a sentence.</summary>
    public static IEndpointConventionBuilder Described(this IEndpointConventionBuilder endpoint, string name, string summary) => endpoint.WithName(name).WithSummary(summary);

    /// <summary>It takes these parameters, and no others.</summary>
    public static IEndpointConventionBuilder Takes(this IEndpointConventionBuilder endpoint, params ReadOnlySpan<ApiParameter> parameters) =>
        endpoint.WithMetadata(new ApiParameters([.. parameters]));

    /// <summary>It takes JSON of this type as its body, whatever the request calls it: a media type here would keep a request from its endpoint, not refuse it.</summary>
    public static IEndpointConventionBuilder TakesBody<T>(this IEndpointConventionBuilder endpoint) => endpoint.WithMetadata(new AcceptsMetadata([AnyMediaType], typeof(T)));

    /// <summary>It answers with this type.</summary>
    public static IEndpointConventionBuilder Answers<T>(this IEndpointConventionBuilder endpoint, int status = StatusCodes.Status200OK, string mediaType = MediaTypeNames.Application.Json) =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(T), [mediaType]));

    /// <summary>It answers with JSON of this type and an ETag, or with 304 to a client that has it (<see cref="JsonReply"/>).</summary>
    public static IEndpointConventionBuilder AnswersTagged<T>(this IEndpointConventionBuilder endpoint) =>
        endpoint.Answers<T>().AnswersNothing(StatusCodes.Status304NotModified);

    /// <summary>It answers without a body.</summary>
    public static IEndpointConventionBuilder AnswersNothing(this IEndpointConventionBuilder endpoint, int status = StatusCodes.Status204NoContent) =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(void)));

    /// <summary>It may answer with a problem of this status.</summary>
    public static IEndpointConventionBuilder Refuses(this IEndpointConventionBuilder endpoint, int status) =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.MediaType]));

    /// <summary>What it can't carry out it answers with a problem of this status.</summary>
    public static IEndpointConventionBuilder Rejects(this IEndpointConventionBuilder endpoint, int status) => endpoint.Refuses(status).WithMetadata(new RejectionStatus(status));
}
