namespace Memory.Benchmarks.Processes;

/// <summary>What is promised of a store of some size; <see langword="null"/> where nothing is. Times are milliseconds, memory is megabytes.</summary>
internal sealed record Promises
{
    public double? Start { get; init; }

    public double? Ready { get; init; }

    public double? Store { get; init; }

    public double? Batch { get; init; }

    public double? Recall50 { get; init; }

    public double? Recall95 { get; init; }

    public double? Resident { get; init; }

    public double? StoresPerSecond { get; init; }

    public double? LongestWait { get; init; }

    /// <summary>The promises for the smallest of the sizes that is not below this one.</summary>
    public static Promises For(int memories) => memories switch
    {
        <= 10_000 => new() { Start = 300, Store = 2, Batch = 40, Recall50 = 6, Recall95 = 15, Resident = 150, StoresPerSecond = 800, LongestWait = 2_000 },
        <= 100_000 => new() { Ready = 300, Recall50 = 15, Recall95 = 40, Resident = 250 },
        _ => new() { Recall95 = 250, Resident = 1_200 },
    };
}
