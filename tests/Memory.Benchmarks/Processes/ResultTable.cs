using System.Runtime.InteropServices;
using System.Text;

namespace Memory.Benchmarks.Processes;

/// <summary>Rows of what was measured, what is promised, and how fast the machine is, as Markdown.</summary>
internal sealed class ResultTable
{
    private readonly StringBuilder _rows = new();
    private int _missed;

    /// <summary>What a command that measured this ends with: 1 when a promise was missed.</summary>
    public int ExitCode => _missed > 0 ? 1 : 0;

    /// <summary>Adds a figure.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="value">The figure.</param>
    /// <param name="unit">Its unit, after its decimals: <c>N2 ms</c>.</param>
    /// <param name="below">What it is promised to stay below, if anything.</param>
    /// <param name="atLeast">What it is promised to reach, if anything.</param>
    /// <param name="yardstick">What the machine itself does, where the figure depends on it.</param>
    public void Add(string what, double value, string unit, double? below = null, double? atLeast = null, string yardstick = "")
    {
        var (format, name) = unit.Split(' ', 2) is [var f, var n] ? (f, n) : (unit, "");
        var measured = $"{value.ToString(format)} {name}".TrimEnd();
        var promised = below is { } most ? $"< {most:#,0.##} {name}" : atLeast is { } least ? $">= {least:N0} {name}" : "";
        var missed = value >= below || value < atLeast;
        _missed += missed ? 1 : 0;
        _rows.AppendLine($"| {what} | {measured} | {promised}{(missed ? " (missed)" : "")} | {yardstick} |");
        Console.Error.WriteLine($"{what}: {measured}");
    }

    public string ToMarkdown(string title) =>
        $"""
        {title}: {Environment.ProcessorCount} cores, {RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.FrameworkDescription}, {DateTime.Now:yyyy-MM-dd}.

        | what | measured | promised | the machine itself |
        |---|---|---|---|
        {_rows}
        """;
}
