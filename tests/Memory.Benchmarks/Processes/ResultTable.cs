using System.Runtime.InteropServices;
using System.Text;

namespace Memory.Benchmarks.Processes;

/// <summary>Rows of what was measured against what is promised, as Markdown.</summary>
internal sealed class ResultTable
{
    private readonly StringBuilder _rows = new();

    public void Add(string what, string measured, string promised, bool kept)
    {
        _rows.AppendLine($"| {what} | {measured} | {promised}{(kept ? "" : " (missed)")} |");
        Console.Error.WriteLine($"{what}: {measured}");
    }

    public string ToMarkdown(string title) =>
        $"""
        {title}: {Environment.ProcessorCount} cores, {RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.FrameworkDescription}, {DateTime.Now:yyyy-MM-dd}.

        | what | measured | promised |
        |---|---|---|
        {_rows}
        """;
}
