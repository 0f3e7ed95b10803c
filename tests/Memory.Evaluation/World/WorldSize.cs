namespace Memory.Evaluation.World;

/// <summary>How many subjects a world has.</summary>
internal sealed record WorldSize(string Name, int People, int Projects, int Contracts)
{
    /// <summary>For every change: a few seconds.</summary>
    public static WorldSize Small { get; } = new("small", People: 3, Projects: 3, Contracts: 3);

    /// <summary>For figures worth telling.</summary>
    public static WorldSize Full { get; } = new("full", People: 10, Projects: 8, Contracts: 8);

    public static IReadOnlyList<WorldSize> All { get; } = [Small, Full];
}
