using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Memory.Server.Http.Access;
using Memory.Server.Http.Rest;
using Memory.Server.Tools;
using Microsoft.AspNetCore.Authorization;
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
            // Numbers are numbers, and not texts that hold one.
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
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
                    ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = CallerGate.KeyHeader, Description = "A key (mem_...) without 'Bearer' before it." },
                };
                // One of them is enough.
                AllowNoNull(document.Components.Schemas?.Values ?? []);
                document.Security = [.. document.Components.SecuritySchemes.Keys.Select(name => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(name, document)] = [] })];
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer(static (schema, context, _) =>
            {
                RequireNoneThatMayBeLeftOut(schema, context.JsonTypeInfo);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                var route = context.Description.ActionDescriptor.EndpointMetadata;
                Describe(operation, context.Description.HttpMethod ?? string.Empty, route.OfType<ToolOfRoute>().FirstOrDefault(), tools);
                DescribeVersion(operation, route.OfType<VersionedRoute>().Select(static v => (VersionedRoute?)v).FirstOrDefault());
                DescribeCaller(operation, isOpenToAll: route.OfType<IAllowAnonymous>().Any());
                foreach (var headers in route.OfType<HeadersOfRoute>())
                {
                    DescribeHeaders((OpenApiResponse)operation.Responses![Text(headers.Status)], headers.Names);
                }

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

    // What is null is left out of an answer.
    private static void AllowNoNull(IEnumerable<IOpenApiSchema> schemas)
    {
        foreach (var (properties, name, member) in schemas.SelectMany(static s => s.Properties is { } all ? all.Select(p => (all, p.Key, p.Value)).ToArray() : []))
        {
            if (member is OpenApiSchema { OneOf: { Count: > 0 } ways })
            {
                properties[name] = ways.First(static w => w is OpenApiSchemaReference);
            }
            else if (member is OpenApiSchema { Type: { } type } plain)
            {
                plain.Type = type & ~JsonSchemaType.Null;
            }
        }
    }

    private static void RequireNoneThatMayBeLeftOut(OpenApiSchema schema, JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(static p => p.IsGetNullable))
        {
            schema.Required?.Remove(member.Name);
        }
    }

    private static void Describe(OpenApiOperation operation, string method, ToolOfRoute? called, ToolCatalog tools)
    {
        operation.Responses ??= [];
        operation.Responses["default"] = Wrong("What is wrong, as problem details.");
        if (called is null)
        {
            return;
        }

        var tool = tools.Find(called.Tool)!;
        if (method is "POST" or "PATCH")
        {
            operation.RequestBody = Body(operation, tool, called.Body);
        }

        if (called.Status is { } answered)
        {
            operation.Responses.Remove("200");
            operation.Responses[Text(answered)] = new OpenApiResponse
            {
                Description = "What the tool answers.",
                Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = Schema(tool.Definition.OutputSchema!.Value.GetRawText()) } },
            };
        }
    }

    // What stands in the path need not stand in the body too.
    private static OpenApiRequestBody Body(OpenApiOperation operation, ITool tool, string[]? only)
    {
        var schema = Schema(tool.Definition.InputSchema.GetRawText());
        var inPath = (operation.Parameters ?? []).Where(static p => p.In == ParameterLocation.Path).Select(static p => p.Name!).ToHashSet();
        foreach (var name in schema.Properties!.Keys.Where(name => inPath.Contains(name) || only?.Contains(name) == false).ToArray())
        {
            schema.Properties.Remove(name);
            schema.Required?.Remove(name);
        }

        return new OpenApiRequestBody { Required = schema.Required is { Count: > 0 }, Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = schema } } };
    }

    private static void DescribeCaller(OpenApiOperation operation, bool isOpenToAll)
    {
        if (isOpenToAll)
        {
            // An empty requirement among them: nothing is needed.
            operation.Security = [[]];
            return;
        }

        var tooMany = Wrong("Too many requests, or the caller's share is used up, as problem details. Retry-After says in how many seconds it goes on, where time helps.");
        DescribeHeaders(tooMany, ["Retry-After"]);
        operation.Responses!["429"] = tooMany;
    }

    private static void DescribeHeaders(OpenApiResponse answer, IEnumerable<string> names) => answer.Headers = names.ToDictionary(static n => n, static n => (IOpenApiHeader)(n switch
    {
        "ETag" => new OpenApiHeader { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Description = "Which version this is, for If-Match." },
        "Location" => new OpenApiHeader { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri-reference" }, Description = "Where it is." },
        _ => new OpenApiHeader { Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" }, Description = "How many seconds to wait." },
    }));

    private static OpenApiResponse Wrong(string description) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType> { [RestAnswer.ProblemType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } },
    };

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
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static OpenApiSchema Schema(string json) => ToolSchema.Of(JsonNode.Parse(json)!.AsObject());
}
