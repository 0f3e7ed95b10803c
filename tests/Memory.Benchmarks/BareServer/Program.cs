using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Server;

// What the SDK costs by itself: one tool that does nothing, over stdio.
var builder = Host.CreateEmptyApplicationBuilder(settings: null);
builder.Services.AddMcpServer().WithStdioServerTransport()
    .WithTools([McpServerTool.Create(static (string name) => $"Hello, {name}!", new McpServerToolCreateOptions { Name = "hello", Description = "Says hello." })]);
await builder.Build().RunAsync();
