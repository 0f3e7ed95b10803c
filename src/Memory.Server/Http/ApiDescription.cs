using System.Globalization;
using System.Text.Json.Nodes;
using Memory.Server.Http.Rest;
using Memory.Server.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Memory.Server.Http;

/// <summary>The description of REST at <c>/openapi/v1.json</c> and a page to try it at <c>/scalar</c>. Bodies and answers of tools are described by the schemas of the tools.</summary>
internal static class ApiDescription
{
    private const string Json = "application/json";

    public static void Add(IServiceCollection services, ToolCatalog tools)
    {
        services.ConfigureHttpJsonOptions(static o =>
        {
            o.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
            o.SerializerOptions.TypeInfoResolverChain.Insert(0, RestJson.Default);
        });
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer(static (document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Memory server", Version = ProductVersion.Text,
                    Description = "Store, recall and consolidate memories without a model. Errors are problem details (RFC 9457).",
                };
                // As the reader reached it: behind a proxy that ends TLS the request itself says http.
                document.Servers = [new OpenApiServer { Url = "/" }];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key (mem_...) or a token of the configured issuer." },
                };
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                var called = context.Description.ActionDescriptor.EndpointMetadata.OfType<ToolOfRoute>().FirstOrDefault();
                Describe(operation, context.Description.HttpMethod ?? string.Empty, called is null ? null : tools.Find(called.Tool), called?.Status);
                DescribeVersion(operation, context.Description.ActionDescriptor.EndpointMetadata.OfType<VersionedRoute>().Select(static v => (VersionedRoute?)v).FirstOrDefault());
                return Task.CompletedTask;
            });
        });
    }

    public static void Map(WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/scalar", static options =>
        {
            options.Title = "Memory server";
            // Nothing leaves the machine for a page.
            options.DefaultFonts = false;
            options.Telemetry = false;
        }).AllowAnonymous();
    }

    private static void Describe(OpenApiOperation operation, string method, ITool? tool, int? status)
    {
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "What is wrong, as problem details.",
            Content = new Dictionary<string, OpenApiMediaType> { [RestAnswer.ProblemType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } },
        };
        if (tool is null)
        {
            return;
        }

        if (method is "POST" or "PATCH")
        {
            operation.RequestBody = new OpenApiRequestBody { Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = Schema(tool.Definition.InputSchema.GetRawText()) } } };
        }

        if (status is { } answered)
        {
            operation.Responses.Remove("200");
            operation.Responses[answered.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = "What the tool answers.",
                Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = Schema(tool.Definition.OutputSchema!.Value.GetRawText()) } },
            };
        }
    }

    private static void DescribeVersion(OpenApiOperation operation, VersionedRoute? route)
    {
        if (route is not { } versioned)
        {
            return;
        }

        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        operation.Parameters ??= [];
        if (versioned == VersionedRoute.Changes)
        {
            operation.Parameters.Add(new OpenApiParameter { Name = "If-Match", In = ParameterLocation.Header, Schema = text, Description = "The ETag that was seen: of another version nothing is changed, and the answer is 412." });
            return;
        }

        operation.Parameters.Add(new OpenApiParameter { Name = "If-None-Match", In = ParameterLocation.Header, Schema = text, Description = "The ETag that was seen: of the same version the answer is 304." });
        operation.Responses!["304"] = new OpenApiResponse { Description = "It is still the version that was seen." };
        if (operation.Responses.GetValueOrDefault("200") is OpenApiResponse shown)
        {
            shown.Headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = new OpenApiHeader { Schema = text, Description = "Which version this is, for If-Match." } };
        }
    }

    private static OpenApiSchema Schema(string json) => ToolSchema.Of(JsonNode.Parse(json)!.AsObject());
}
