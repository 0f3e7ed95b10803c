using Microsoft.Data.Sqlite;

namespace Memory.Benchmarks.Processes;

/// <summary>The index that a running server keeps in the file for the next start.</summary>
internal static class KeptIndex
{
    // Fewer memories are read row by row; see the page on decisions.
    private const int FewestMemories = 5_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Waits until the running server has kept it, where it does.</summary>
    public static void Await(Workload workload)
    {
        if (workload.Memories < FewestMemories)
        {
            return;
        }

        using var connection = new SqliteConnection($"Data Source={workload.Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM index_snapshots WHERE state = 'whole' AND sequence > (SELECT max(sequence) FROM memories) * 0.9";
        for (var waited = TimeSpan.Zero; command.ExecuteScalar() is 0L; waited += Pause)
        {
            if (waited > Patience)
            {
                throw new InvalidOperationException("The server keeps no index.");
            }

            Thread.Sleep(Pause);
        }
    }
}
