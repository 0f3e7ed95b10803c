using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Memory.Server.Commands;

/// <summary>Tables and progress for people. Where nobody looks on (a pipe, a file), tables keep their full width and progress is silent.</summary>
internal static class Screenful
{
    // No cell is cut or broken where a program reads on.
    private const int PipeWidth = 100_000;

    /// <summary>Prints data as one line of JSON.</summary>
    public static int Json<T>(T value, JsonTypeInfo<T> type, int code = ExitCodes.Done)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(value, type));
        return code;
    }

    /// <summary>Prints a line for people.</summary>
    public static Task LineAsync(string text) => Console.Out.WriteLineAsync(TerminalText.Of(text));

    /// <summary>Prints a table, on stdout when nothing else is named.</summary>
    public static void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, TextWriter? output = null)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(static cell => new Text(TerminalText.Of(cell))));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output ?? Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = PipeWidth;
        }

        console.Write(table);
    }

    /// <summary>Runs something that tells how far it is, from 0 to 1, with a bar on stderr when somebody looks on.</summary>
    public static async Task<T> WithProgressAsync<T>(string what, Func<IProgress<double>, Task<T>> run)
    {
        if (Console.IsErrorRedirected)
        {
            return await run(new Reporting(static _ => { }));
        }

        // Left to itself, Spectre asks whether stdout is a terminal, and shows no bar where a file takes that.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error), Interactive = InteractionSupport.Yes });
        return await console.Progress().StartAsync(async context =>
        {
            var task = context.AddTask(Markup.Escape(TerminalText.Of(what)), maxValue: 1);
            var result = await run(new Reporting(share => task.Value = share));
            task.Value = task.MaxValue;
            return result;
        });
    }

    // Progress<T> reports on another thread and out of order.
    private sealed class Reporting(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
