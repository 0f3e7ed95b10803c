using System.Diagnostics;
using System.Text.Json;
using Memory.Core;
using ModelContextProtocol.Client;
using Spectre.Console;

namespace Memory.Server.Commands;

/// <summary><c>demo</c>: starts this very program as a server, as an AI client would, and shows the conversation with it.</summary>
internal static class DemoCommand
{
    private static readonly string Memories = Path.Combine(AppContext.BaseDirectory, "data", "demo", "memories.jsonl");

    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("memory-demo-").FullName;
        try
        {
            var memories = await ReadAsync(cancellationToken);
            await using (var client = await McpClient.CreateAsync(new StdioClientTransport(Server(folder)), cancellationToken: cancellationToken))
            {
                await new DemoConversation(client, AnsiConsole.Console, cancellationToken).RunAsync(memories);
            }

            AnsiConsole.MarkupLineInterpolated($"[grey]{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} seconds, all over stdio with a real server process. The temporary database is removed.[/]");
            return 0;
        }
        catch (DemoFailedException error)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]The demo failed: {error.Message}[/]");
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<JsonElement[]> ReadAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(ShippedFile.OpenRead(Memories));
        var lines = (await reader.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(static l => JsonElement.Parse(l))];
    }

    private static StdioClientTransportOptions Server(string folder)
    {
        // Started as 'dotnet memory-server.dll', the process is dotnet and the program is its first argument.
        var process = Environment.ProcessPath!;
        string[] arguments = Path.GetFileNameWithoutExtension(process) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        return new StdioClientTransportOptions
        {
            Name = "demo",
            Command = process,
            Arguments = [.. arguments, "serve", "--db", Path.Combine(folder, "memory.db"), "--schedule", "off", "--namespace", "demo", "--http", "off"],
            StandardErrorLines = static line => AnsiConsole.MarkupLineInterpolated($"[yellow]{line}[/]"),
        };
    }
}
