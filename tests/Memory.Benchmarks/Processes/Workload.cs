using System.Diagnostics;
using System.Text.Json;
using Memory.Benchmarks.Texts;

namespace Memory.Benchmarks.Processes;

/// <summary>The store that is measured, and what is asked of it.</summary>
/// <param name="Server">The executable of the server.</param>
/// <param name="Bare">The executable of the bare server.</param>
/// <param name="Folder">Where the database lies.</param>
/// <param name="Text">What is stored.</param>
/// <param name="Memories">How many memories there are at first.</param>
/// <param name="Divisor">By what the repetitions are divided.</param>
internal sealed record Workload(string Server, string Bare, string Folder, ITextSource Text, int Memories, int Divisor)
{
    /// <summary>Statements a batch.</summary>
    public const int Batch = 100;

    private readonly Random _random = new(2);
    private int _stored;

    public string Database => Path.Combine(Folder, "memory.db");

    public StdioClient Start() => StdioClient.Start(Server, "serve", "--db", Database, "--schedule", "off");

    /// <summary>Starts the server so that it logs when its index is ready.</summary>
    public StdioClient StartLogging() => StdioClient.Start(Server, readsLog: true, "serve", "--db", Database, "--schedule", "off", "--log-level", "Information");

    /// <summary>Takes numbers that are used for the first time.</summary>
    /// <returns>The first of them.</returns>
    public int Take(int count) => Interlocked.Add(ref _stored, count) - count;

    /// <summary>The arguments of <c>store</c> with one new statement.</summary>
    public string NextStatement() => $$"""{"content":{{Quote(Text.Statement(Take(1)))}}}""";

    /// <summary>The arguments of <c>store</c> with several new statements.</summary>
    public string NextBatch(int count = Batch)
    {
        var first = Take(count);
        return ToBatch(Enumerable.Range(first, count).Select(Text.Statement));
    }

    /// <summary>The arguments of <c>recall</c> with a question about a memory that was there at first.</summary>
    public string Question() => $$"""{"query":{{Quote(Text.Question(_random.Next(Memories)))}}}""";

    /// <summary>Repeats a call, after a tenth of the repetitions that is not measured: part of the hot path is compiled again while it runs, and a session lives longer than that.</summary>
    public Samples Repeat(int times, Func<TimeSpan> call)
    {
        for (var i = 0; i < times / 10; i++)
        {
            call();
        }

        var samples = new Samples();
        for (var i = 0; i < Math.Max(10, times / Divisor); i++)
        {
            samples.Add(call());
        }

        return samples;
    }

    /// <summary>How long the start of a process takes until an answer.</summary>
    public static TimeSpan TimeStart(Func<StdioClient> start, Action<StdioClient> ask)
    {
        var began = Stopwatch.GetTimestamp();
        using var client = start();
        ask(client);
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>The arguments of <c>store</c> with these statements.</summary>
    public static string ToBatch(IEnumerable<string> contents) =>
        $$"""{"memories":[{{string.Join(',', contents.Select(static c => $$"""{"content":{{Quote(c)}}}"""))}}]}""";

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
