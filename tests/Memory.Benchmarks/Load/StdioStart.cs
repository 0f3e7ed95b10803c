using Memory.Benchmarks.Processes;

namespace Memory.Benchmarks.Load;

/// <summary>The start over stdio, which nothing of HTTP may slow, beside that of a bare server of the same SDK, by turns.</summary>
internal static class StdioStart
{
    private const int Starts = 21;

    // As `processes` printed it before there was HTTP: 318 ms beside a bare server's 239 ms. The machine is another each day, the ratio is not.
    private const double Before = 318.0 / 239;

    public static void Measure(string server, string bare, string database, ResultTable table)
    {
        var (starts, bareStarts) = (new Samples(), new Samples());
        Time(bare);
        Time(server, "serve", "--db", database, "--schedule", "off");
        for (var i = 0; i < Starts; i++)
        {
            bareStarts.Add(Time(bare));
            starts.Add(Time(server, "serve", "--db", database, "--schedule", "off"));
        }

        var (start, bareStart) = (starts.Percentile(50), bareStarts.Percentile(50));
        table.Add("start over stdio to first `tools/list` answer, p50", start, "N0 ms", yardstick: Yardstick.BareStart(bareStart));
        table.Add($"start over stdio, in bare starts (before there was HTTP: {Before:N2})", start / bareStart, "N2", below: Before * 1.1);
    }

    private static TimeSpan Time(string executable, params string[] arguments) => Workload.TimeStart(
        () => StdioClient.Start(executable, arguments), static client => client.Request("tools/list"));
}
