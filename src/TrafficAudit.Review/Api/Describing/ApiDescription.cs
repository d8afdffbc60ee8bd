using System.Globalization;
using System.Net.Mime;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace TrafficAudit.Review.Api.Describing;

/// <summary>Describes the HTTP API to programs, as OpenAPI 3.1, by what each endpoint says of itself.</summary>
internal static class ApiDescription
{
    /// <summary>Where the document is.</summary>
    public const string Address = "/api/v1/openapi.json";

    private const string Scheme = "bearer";

    public static void AddTo(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            o.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
        services.AddOpenApi(o =>
        {
            o.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            o.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            o.AddDocumentTransformer(DescribeDocument);
            o.AddOperationTransformer(DescribeOperation);
        });
    }

    /// <summary>Serves the document, and makes every endpoint of the group known to it.</summary>
    public static void Map(IEndpointRouteBuilder routes, RouteGroupBuilder api)
    {
        ((IEndpointConventionBuilder)api).Add(endpoint =>
        {
            // Endpoints that take the bare request have no signature to be described by, and would be left out without one.
            if (endpoint is { RequestDelegate: { } handler } && !endpoint.Metadata.OfType<MethodInfo>().Any())
            {
                endpoint.Metadata.Add(handler.Method);
            }
        });
        api.Refuses(StatusCodes.Status400BadRequest).Refuses(StatusCodes.Status401Unauthorized).Refuses(StatusCodes.Status403Forbidden);
        routes.MapOpenApi(Address);
    }

    private static Task DescribeDocument(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "TrafficAudit",
            Description = "What a case holds, to read and to judge. Every personal value is masked unless it is said otherwise.",
            Version = typeof(ApiDescription).Assembly.GetName().Version!.ToString(3),
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Tags?.Clear();
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = Scheme, Description = "The token of the running program, or one that 'trafficaudit tokens create' made.",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Tags?.Clear();
        operation.Parameters = [.. (metadata.OfType<ApiParameters>().LastOrDefault() ?? ApiParameters.None).All.Select(Described)];
        if (operation.RequestBody?.Content is { } body && body.Remove(EndpointDescription.AnyMediaType, out var json))
        {
            body.Add(MediaTypeNames.Application.Json, json);
        }

        if (metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy is { } role)
        {
            operation.Description = $"Needs the role {role}.";
        }

        return Task.CompletedTask;
    }

    private static OpenApiParameter Described(ApiParameter parameter) => new()
    {
        Name = parameter.Name,
        Description = parameter.Description,
        In = parameter.Place switch
        {
            ParameterPlace.Path => ParameterLocation.Path,
            ParameterPlace.Header => ParameterLocation.Header,
            _ => ParameterLocation.Query,
        },
        Required = parameter.Place == ParameterPlace.Path,
        Schema = SchemaOf(parameter),
    };

    private static OpenApiSchema SchemaOf(ApiParameter parameter) => parameter.Number switch
    {
        var (least, most, usual) => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int64",
            Minimum = least.ToString(CultureInfo.InvariantCulture),
            Maximum = most == long.MaxValue ? null : most.ToString(CultureInfo.InvariantCulture),
            Default = usual,
        },
        null => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = parameter.Words.IsEmpty ? null : [.. parameter.Words.Select(w => (JsonNode)w)],
        },
    };
}
