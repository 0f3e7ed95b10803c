namespace Memory.Core.Recall.Index;

/// <summary>The entries of one conversation in the order they were stored.</summary>
internal sealed class IndexSession
{
    private readonly List<int> _entries = [];
    private int _turns;

    public IReadOnlyList<int> Entries => _entries;

    /// <summary>The share of entries in which somebody speaks to somebody, 0 to 1: whether this is a conversation or a list of notes.</summary>
    public double TurnShare => (double)_turns / _entries.Count;

    /// <summary>Adds an entry at the end.</summary>
    /// <returns>Its place.</returns>
    public int Add(int entry, bool isTurn)
    {
        _turns += isTurn ? 1 : 0;
        _entries.Add(entry);
        return _entries.Count - 1;
    }

    /// <summary>The entry at a place, or -1 when there is none.</summary>
    public int At(int position) => position >= 0 && position < _entries.Count ? _entries[position] : -1;
}
