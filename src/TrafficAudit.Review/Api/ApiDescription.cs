using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace TrafficAudit.Review.Api;

/// <summary>Describes the HTTP API to programs, as OpenAPI 3.1.</summary>
internal static class ApiDescription
{
    public const string Address = "/api/v1/openapi.json";
    private const string Scheme = "bearer";

    public static void AddTo(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi(o =>
        {
            o.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            o.AddDocumentTransformer(Describe);
            o.AddOperationTransformer(NamePathParameters);
        });
    }

    /// <summary>Serves the document, and makes every endpoint of the group known to it.</summary>
    public static void Map(IEndpointRouteBuilder routes, RouteGroupBuilder api)
    {
        // Endpoints that take the bare request have no signature to be described by, and are left out without one.
        ((IEndpointConventionBuilder)api).Add(endpoint =>
        {
            if (endpoint is { RequestDelegate: { } handler } && !endpoint.Metadata.OfType<MethodInfo>().Any())
            {
                endpoint.Metadata.Add(handler.Method);
            }
        });
        routes.MapOpenApi(Address);
    }

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "TrafficAudit",
            Version = typeof(ApiDescription).Assembly.GetName().Version!.ToString(3),
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Scheme },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task NamePathParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.Parameters ??= [];
        foreach (var parameter in RoutePatternFactory.Parse(context.Description.RelativePath!).Parameters)
        {
            if (!operation.Parameters.Any(p => p.Name == parameter.Name))
            {
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = parameter.Name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }
        }

        return Task.CompletedTask;
    }
}
