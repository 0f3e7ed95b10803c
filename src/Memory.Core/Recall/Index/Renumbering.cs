namespace Memory.Core.Recall.Index;

/// <summary>New numbers for those of some that are used, in the same order and without gaps.</summary>
/// <param name="count">How many there are.</param>
internal sealed class Renumbering(int count)
{
    private readonly bool[] _isUsed = new bool[count];
    private int[] _numbers = [];

    /// <summary>The old numbers of those that are used, in their order; after <see cref="Complete"/>.</summary>
    public IReadOnlyList<int> Used { get; private set; } = [];

    /// <summary>The new number of one that is used; after <see cref="Complete"/>.</summary>
    public int this[int number] => _numbers[number];

    /// <summary>Whether one is used; one that came later is not.</summary>
    public bool IsUsed(int number) => number < count && _isUsed[number];

    public void Use(int number) => _isUsed[number] = true;

    public void Use(ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers)
        {
            _isUsed[number] = true;
        }
    }

    /// <summary>Gives the new numbers.</summary>
    public void Complete()
    {
        (_numbers, Used) = (new int[count], [.. Enumerable.Range(0, count).Where(IsUsed)]);
        for (var i = 0; i < Used.Count; i++)
        {
            _numbers[Used[i]] = i;
        }
    }
}
